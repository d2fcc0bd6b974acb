package io.gatehouse.crash;

import io.gatehouse.crash.History.Entry;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** C8 and C10: what was promised is there, and each change of state is in the audit trail once. */
final class RecordRules {

    private final History history;

    private RecordRules(History history) {
        this.history = history;
    }

    static Stream<Breach> breaches(History history) {
        RecordRules rules = new RecordRules(history);
        return Stream.of(
                        rules.promises(),
                        history.faults().stream().map(fault -> new Breach("C10", fault)),
                        rules.commandsEnded(),
                        rules.stepsMoved())
                .flatMap(breaches -> breaches);
    }

    /** Both ways: what was promised is there, and what only people do was asked for. */
    private Stream<Breach> promises() {
        Map<String, Integer> written = history.trail().stream()
                .filter(entry -> history.watched().contains(entry.action()))
                .collect(Collectors.groupingBy(
                        entry -> entry.object() + " " + entry.action(),
                        TreeMap::new,
                        Collectors.summingInt(entry -> 1)));
        TreeSet<String> all = new TreeSet<>(written.keySet());
        all.addAll(history.acknowledged().keySet());
        return all.stream()
                .filter(fact -> !written.getOrDefault(fact, 0)
                        .equals(history.acknowledged().getOrDefault(fact, 0)))
                .map(fact -> new Breach(
                        "C8",
                        "%s was acknowledged %d times and has happened %d times."
                                .formatted(
                                        fact,
                                        history.acknowledged().getOrDefault(fact, 0),
                                        written.getOrDefault(fact, 0))));
    }

    private Stream<Breach> commandsEnded() {
        return history.commands().stream()
                .filter(command -> List.of("DONE", "FAILED", "UNKNOWN").contains(command.state()))
                .flatMap(command -> {
                    long entries = history.trail().stream()
                            .filter(entry -> entry.is(
                                            "rollout.CommandEnded",
                                            command.move().rollout())
                                    && entry.fact("seq")
                                            .equals(Integer.toString(
                                                    command.move().seq()))
                                    && entry.fact("kind").equals(command.move().kind())
                                    && entry.fact("attempt").equals(Integer.toString(command.attempt()))
                                    && entry.fact("state").equals(command.state()))
                            .count();
                    return entries == 1
                            ? Stream.<Breach>empty()
                            : Stream.of(new Breach(
                                    "C10",
                                    "%s is %s, and the trail says so %d times."
                                            .formatted(command.key(), command.state(), entries)));
                });
    }

    private Stream<Breach> stepsMoved() {
        return history.steps().stream().flatMap(step -> {
            List<String> states = history.trail().stream()
                    .filter(entry -> entry.is("rollout.StepMoved", step.rollout())
                            && entry.fact("seq").equals(Integer.toString(step.seq())))
                    .map((Entry entry) -> entry.fact("state"))
                    .toList();
            String last = states.isEmpty() ? "RUNNING" : states.get(states.size() - 1);
            boolean twice = Stream.iterate(1, i -> i < states.size(), i -> i + 1)
                    .anyMatch(i -> states.get(i).equals(states.get(i - 1)));
            return last.equals(step.state()) && !twice
                    ? Stream.<Breach>empty()
                    : Stream.of(new Breach(
                            "C10",
                            "Step %d of %s is %s, and the trail says %s."
                                    .formatted(step.seq(), step.rollout(), step.state(), states)));
        });
    }
}
