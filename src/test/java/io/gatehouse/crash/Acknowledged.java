package io.gatehouse.crash;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Every write that the product has acknowledged, written down by those who asked for it. */
final class Acknowledged {

    /** Something that happened to an object, by the name the audit trail has for it. */
    record Fact(String object, String action) {

        @Override
        public String toString() {
            return object + " " + action;
        }
    }

    /** A seat that somebody has filled. */
    record Decision(String change, int round, String seat, String person, boolean approved) {}

    /** What only people do, each time by one request. */
    static final List<String> ACTIONS = List.of(
            "change.Raised",
            "change.Rewritten",
            "change.Submitted",
            "change.Approved",
            "change.Rejected",
            "change.SentBack",
            "change.Held",
            "change.Resumed",
            "change.Canceled",
            "change.Reviewed",
            "rollout.RollbackRequested",
            "rollout.StepResolved");

    private final Map<Fact, AtomicInteger> facts = new ConcurrentHashMap<>();
    private final Map<String, String> titles = new ConcurrentHashMap<>();
    private final Map<String, String> descriptions = new ConcurrentHashMap<>();
    private final Map<String, Integer> plannedSteps = new ConcurrentHashMap<>();
    private final Map<String, String> ends = new ConcurrentHashMap<>();
    private final Queue<Decision> decisions = new ConcurrentLinkedQueue<>();

    void raised(String change, String title) {
        titles.put(change, title);
        happened(change, "change.Raised");
    }

    void described(String change, String description) {
        descriptions.put(change, description);
        happened(change, "change.Rewritten");
    }

    /** A standard change whose template fared badly lately is sent back at once, and is NEW again in the answer. */
    void submitted(String change, String state) {
        happened(change, "change.Submitted");
        if (state.equals("NEW")) {
            happened(change, "change.SentBack");
        }
    }

    void planned(String change, int steps) {
        plannedSteps.put(change, steps);
    }

    void decided(Decision decision) {
        decisions.add(decision);
        happened(decision.change(), decision.approved() ? "change.Approved" : "change.Rejected");
    }

    void happened(String object, String action) {
        facts.computeIfAbsent(new Fact(object, action), fact -> new AtomicInteger())
                .incrementAndGet();
    }

    /** Notes the last state that was seen of a change. */
    void ended(String change, String state) {
        ends.put(change, state);
    }

    /** How often each thing happened. */
    Map<String, Integer> facts() {
        return facts.entrySet().stream()
                .collect(Collectors.toMap(fact -> fact.getKey().toString(), fact -> fact.getValue()
                        .get()));
    }

    Map<String, String> titles() {
        return titles;
    }

    Map<String, String> descriptions() {
        return descriptions;
    }

    Map<String, Integer> plannedSteps() {
        return plannedSteps;
    }

    Map<String, String> ends() {
        return ends;
    }

    Queue<Decision> decisions() {
        return decisions;
    }

    /** How often each action was acknowledged, in all. */
    Map<String, Integer> summary() {
        return facts.entrySet().stream()
                .collect(Collectors.groupingBy(
                        fact -> fact.getKey().action(), TreeMap::new, Collectors.summingInt(fact -> fact.getValue()
                                .get())));
    }

    int count() {
        return plannedSteps.size()
                + facts.values().stream().mapToInt(AtomicInteger::get).sum();
    }
}
