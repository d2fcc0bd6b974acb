package io.gatehouse.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.ApiClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One change from its request to its end, by people who look what it needs next and now and then change their mind. */
final class ChangeLife {

    private static final List<String> ENDED = List.of("CLOSED", "CANCELED");
    private static final int MOST_SUBMISSIONS = 3;
    private static final Map<String, String> WHO_HAS_THE_SEAT = Map.of(
            "technical-approver", "theo",
            "change-manager", "mona",
            "ops-lead", "oskar",
            "cab-member", "carla");

    private final PatientCaller caller;
    private final Acknowledged acknowledged;
    private final Requester requester;
    private final RolloutCare rollouts;
    private final Random random;
    private String number = "";
    private boolean leftInNew;

    ChangeLife(
            PatientCaller caller, Acknowledged acknowledged, Requester requester, RolloutCare rollouts, Random random) {
        this.caller = caller;
        this.acknowledged = acknowledged;
        this.requester = requester;
        this.rollouts = rollouts;
        this.random = random;
    }

    void live() {
        number = requester.raise();
        JsonNode change = look();
        while (!leftInNew && !ENDED.contains(state(change))) {
            takeNextStep(change);
            change = look();
        }
        acknowledged.ended(number, state(change));
    }

    private JsonNode look() {
        return caller.get(requester.person(), path("")).expect(200);
    }

    private static String state(JsonNode change) {
        return change.get("state").asText();
    }

    private void takeNextStep(JsonNode change) {
        if (change.has("onHoldBecause")) {
            step(requester.person(), "resumption", null, "change.Resumed");
            return;
        }
        switch (state(change)) {
            case "NEW" -> beginOrLeave(change);
            case "IMPLEMENT" -> rollouts.tend(number);
            case "REVIEW" -> step(
                    "mona", "reviews", Map.of("closeCode", "SUCCESSFUL", "lessons", "None"), "change.Reviewed");
            default -> changeTheirMindOrDecide(change.get("approvalRound").asInt());
        }
    }

    private void beginOrLeave(JsonNode change) {
        int submissions = change.get("approvalRound").asInt();
        if (submissions == 0 && random.nextInt(4) == 0) {
            requester.rewrite(number);
        }
        if (submissions == 0 || submissions < MOST_SUBMISSIONS && random.nextInt(4) > 0) {
            submit(submissions);
        } else if (random.nextBoolean()) {
            step(requester.person(), "cancellation", null, "change.Canceled");
        } else {
            leftInNew = true;
        }
    }

    private void submit(int submissions) {
        Answer answer = caller.post(requester.person(), path("/submission"), null);
        if (isDone(answer)) {
            acknowledged.submitted(number, answer.expect(200).get("state").asText());
            if (submissions > 0) {
                // What was sent back is written anew when it is submitted again.
                acknowledged.happened(number, "change.Rewritten");
            }
        }
    }

    private void changeTheirMindOrDecide(int round) {
        switch (random.nextInt(25)) {
            case 0, 1 -> step(requester.person(), "hold", Map.of("reason", "Wait"), "change.Held");
            case 2 -> step(requester.person(), "revision", Map.of("reason", "Better idea"), "change.SentBack");
            case 3 -> step(requester.person(), "cancellation", null, "change.Canceled");
            default -> decide(round);
        }
    }

    /** Fills the next seat; nothing to do while the change only waits for its window. */
    private void decide(int round) {
        for (JsonNode seat : caller.get("alma", path("/approvals")).expect(200)) {
            // Seats of earlier rounds that nobody filled stay open in the records.
            if (seat.get("round").asInt() == round
                    && seat.get("decision").asText().equals("PENDING")) {
                decide(seat.get("seat").asText(), round);
                return;
            }
        }
        LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    }

    private void decide(String seat, int round) {
        String person = WHO_HAS_THE_SEAT.get(seat);
        boolean approved = random.nextInt(15) > 0;
        String door = seat.equals("technical-approver") ? "technical-reviews" : "approvals";
        Answer answer = caller.post(
                person,
                path("/" + door),
                Map.of("decision", approved ? "APPROVE" : "REJECT", "reason", "Looked at it"));
        if (isDone(answer)) {
            acknowledged.decided(new Acknowledged.Decision(number, round, seat, person, approved));
            if (!approved) {
                acknowledged.happened(number, "change.SentBack");
            }
        }
    }

    private boolean step(String person, String step, @Nullable Object body, String action) {
        boolean done = isDone(caller.post(person, path("/" + step), body));
        if (done) {
            acknowledged.happened(number, action);
        }
        return done;
    }

    /** False if it is no longer possible because the change has moved on by itself. */
    private static boolean isDone(Answer answer) {
        if (answer.status() == 409) {
            return false;
        }
        answer.expect(200);
        return true;
    }

    private String path(String step) {
        return Requester.CHANGES + "/" + number + step;
    }
}
