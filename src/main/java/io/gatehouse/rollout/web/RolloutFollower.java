package io.gatehouse.rollout.web;

import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.StepLog;
import io.gatehouse.rollout.connector.CommandKind;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** A client that is told what is new about a rollout, as server-sent events; the id of an event is that of its log. */
class RolloutFollower {

    private static final int AT_A_TIME = 100;

    /** A piece of what the tool of a step wrote. */
    record LogEvent(int seq, CommandKind kind, int attempt, Instant at, String output) {

        static LogEvent of(StepLog log) {
            return new LogEvent(log.seq(), log.kind(), log.attempt(), log.at(), log.output());
        }
    }

    private final String number;
    private final Rollouts rollouts;
    private final RepresentedRollouts represented;
    private final SseEmitter client;
    private final Instant until;
    private final Map<Integer, StepRepresentation> toldSteps = new HashMap<>();
    private @Nullable RolloutRepresentation toldRollout;
    private long lastLog;

    RolloutFollower(
            String number,
            long lastLog,
            Rollouts rollouts,
            RepresentedRollouts represented,
            SseEmitter client,
            Instant until) {
        this.number = number;
        this.lastLog = lastLog;
        this.rollouts = rollouts;
        this.represented = represented;
        this.client = client;
        this.until = until;
    }

    /** When the stream ends, whatever happens. */
    Instant until() {
        return until;
    }

    /**
     * Tells what is new.
     *
     * @return whether nothing more will come
     * @throws IOException if the client is gone
     */
    boolean look() throws IOException {
        // Read first, so that nothing of a rollout that has ended is missed.
        Rollout rollout = rollouts.find(number);
        tellSteps();
        tellLog();
        boolean told = tellRollout(rollout);
        if (!rollout.state().isLive()) {
            tell("end", Map.of("state", rollout.state()));
            return true;
        }
        if (!told) {
            // Otherwise nobody would notice that the client is gone.
            client.send(SseEmitter.event().comment(""));
        }
        return false;
    }

    void end() {
        client.complete();
    }

    private void tellSteps() throws IOException {
        for (StepRepresentation step :
                represented.of(rollouts.steps(number), number).items()) {
            if (!step.equals(toldSteps.put(step.seq(), step))) {
                tell("step", step);
            }
        }
    }

    private void tellLog() throws IOException {
        List<StepLog> pieces;
        do {
            pieces = rollouts.logAfter(number, lastLog, AT_A_TIME);
            for (StepLog piece : pieces) {
                lastLog = piece.id();
                client.send(SseEmitter.event()
                        .id(Long.toString(lastLog))
                        .name("log")
                        .data(LogEvent.of(piece), MediaType.APPLICATION_JSON));
            }
        } while (pieces.size() == AT_A_TIME);
    }

    private boolean tellRollout(Rollout rollout) throws IOException {
        RolloutRepresentation present = represented.of(rollout);
        if (present.equals(toldRollout)) {
            return false;
        }
        toldRollout = present;
        tell("rollout", present);
        return true;
    }

    private void tell(String name, Object data) throws IOException {
        client.send(SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON));
    }
}
