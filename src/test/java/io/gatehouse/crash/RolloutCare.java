package io.gatehouse.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.ApiClient.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The people who run production: they ask for rollbacks, and decide about steps that no machine can settle. */
final class RolloutCare {

    private final PatientCaller caller;
    private final Acknowledged acknowledged;
    private final DeployTool tool;
    private final Random random;

    RolloutCare(PatientCaller caller, Acknowledged acknowledged, DeployTool tool, Random random) {
        this.caller = caller;
        this.acknowledged = acknowledged;
        this.tool = tool;
        this.random = random;
    }

    /** Looks after the rollout of a change that is being implemented. */
    void tend(String change) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        caller.get("rolf", "/api/v1/rollouts?change=" + change)
                .expect(200)
                .get("items")
                .forEach(this::tend);
    }

    private void tend(JsonNode rollout) {
        String number = rollout.get("number").asText();
        if (!rollout.has("rollbackRequestedBy") && random.nextInt(60) == 0) {
            rollBack(number);
        } else {
            settle(number);
        }
    }

    private void rollBack(String rollout) {
        Answer answer = caller.post("rolf", path(rollout) + "/rollback", Map.of("reason", "Customers complain"));
        // A rollback that has begun by itself is not asked for again.
        if (answer.status() == 202 && answer.body().has("rollbackRequestedBy")) {
            acknowledged.happened(rollout, "rollout.RollbackRequested");
        }
    }

    private void settle(String rollout) {
        for (JsonNode step :
                caller.get("rolf", path(rollout) + "/steps").expect(200).get("items")) {
            String kind =
                    switch (step.get("state").asText()) {
                        case "UNKNOWN" -> "RUN";
                        case "UNDO_FAILED" -> "UNDO";
                        default -> "";
                    };
            if (!kind.isEmpty()) {
                resolve(rollout, step, kind);
                return;
            }
        }
    }

    /** Looks at the target: what was done is not done again. */
    private void resolve(String rollout, JsonNode step, String kind) {
        int seq = step.get("seq").asInt();
        boolean unclear = step.get("state").asText().equals("UNKNOWN")
                || step.get("detail").asText().startsWith("Nobody knows");
        boolean done = unclear
                && tool.requests().stream()
                        .anyMatch(request -> request.move().equals(new History.Move(rollout, seq, kind)));
        Answer answer = caller.post(
                "rolf",
                path(rollout) + "/steps/" + seq + "/resolution",
                Map.of("action", done ? "DONE_BY_HAND" : "RETRY", "reason", "Looked at the target"));
        if (answer.status() < 300) {
            acknowledged.happened(rollout, "rollout.StepResolved");
        } else {
            answer.expect(409);
        }
    }

    private static String path(String rollout) {
        return "/api/v1/rollouts/" + rollout;
    }
}
