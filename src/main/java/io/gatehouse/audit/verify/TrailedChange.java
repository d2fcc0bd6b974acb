package io.gatehouse.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.audit.verify.StoredChange.Seat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A change as the trail has it: what its entries, taken one after the other, leave behind. */
final class TrailedChange {

    /** What an entry said about a seat. */
    record Decision(String decision, @Nullable String digest, long entry) {}

    private boolean raised;
    private boolean withDetails;
    private long entry;
    private @Nullable String state;
    private @Nullable String digest;
    private @Nullable String details;
    private @Nullable String plan;
    private boolean planned;
    private final Map<Integer, Set<String>> asked = new HashMap<>();
    private final Map<Seat, Decision> decisions = new TreeMap<>();
    private final Set<String> duties = new TreeSet<>();
    private @Nullable Set<String> teams;

    void entry(long number, String action, JsonNode payload) {
        if (action.equals("rollout.PlanWritten")) {
            planned = true;
            plan = text(payload, "row");
            return;
        }
        switch (action) {
            case "change.Raised" -> raised = true;
            case "change.Submitted" -> submitted(payload);
            case "change.SeatsAsked" -> asked(payload);
            case "change.Approved" -> decided(number, "APPROVED", payload);
            case "change.Rejected" -> decided(number, "REJECTED", payload);
            case "change.DutyNoted" -> duties.add(
                    payload.path("duty").asText() + " " + payload.path("person").asText());
            default -> {
                // Every other step shows in the state and the row alone.
            }
        }
        if (payload.has("state")) {
            entry = number;
            state = text(payload, "state");
            digest = text(payload, "row");
        }
        if (payload.has("details")) {
            withDetails = true;
            details = text(payload, "details");
        }
    }

    private void submitted(JsonNode payload) {
        if (payload.has("teams")) {
            Set<String> told = new TreeSet<>();
            payload.path("teams").forEach(team -> told.add(team.asText()));
            teams = told;
        }
    }

    private void asked(JsonNode payload) {
        Set<String> seats = asked.computeIfAbsent(payload.path("round").asInt(), round -> new TreeSet<>());
        payload.path("seats").forEach(seat -> seats.add(seat.asText()));
    }

    private void decided(long number, String decision, JsonNode payload) {
        decisions.put(
                new Seat(payload.path("round").asInt(), payload.path("seat").asText()),
                new Decision(decision, text(payload, "row"), number));
    }

    private static @Nullable String text(JsonNode payload, String fact) {
        return payload.hasNonNull(fact) ? payload.get(fact).asText() : null;
    }

    /** Whose it is; absent where an earlier release submitted it, which did not say. */
    @Nullable
    Set<String> teams() {
        return teams;
    }

    Set<String> duties() {
        return duties;
    }

    boolean isRaised() {
        return raised;
    }

    /** Whether the trail tells enough to know every plan; earlier releases wrote some plans without an entry. */
    boolean tellsEveryPlan() {
        return withDetails || planned;
    }

    long entry() {
        return entry;
    }

    @Nullable
    String state() {
        return state;
    }

    @Nullable
    String digest() {
        return digest;
    }

    @Nullable
    String details() {
        return details;
    }

    @Nullable
    String plan() {
        return plan;
    }

    boolean isPlanned() {
        return planned;
    }

    /** Whether the trail says which seats were asked in a round; earlier releases did not. */
    boolean tellsSeatsOf(int round) {
        return asked.containsKey(round);
    }

    boolean wasAsked(Seat seat) {
        return asked.getOrDefault(seat.round(), Set.of()).contains(seat.seat());
    }

    Set<Seat> askedSeats() {
        Set<Seat> seats = new TreeSet<>();
        asked.forEach((round, names) -> names.forEach(name -> seats.add(new Seat(round, name))));
        return seats;
    }

    Map<Seat, Decision> decisions() {
        return decisions;
    }
}
