package io.gatehouse.rollout.connector;

import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a tool is asked to do.
 *
 * @param key the same for every repetition of this very attempt
 * @param rollout number, as {@code ROL-000007}
 * @param attempt counts from 1; a new one is a person's decision
 * @param notBefore this attempt was sent no earlier, by the clock of whichever node began the step
 * @param renewLease to be called more often than every third of the lease; false once another node has taken over, and
 *     then the call must end
 * @param log takes what the tool prints, piece by piece
 * @param stopWanted whether a person wants the tool to stop; looks into the database
 */
public record ConnectorCall(
        String key,
        String rollout,
        int seq,
        CommandKind kind,
        int attempt,
        Instant notBefore,
        String target,
        Map<String, String> parameters,
        BooleanSupplier renewLease,
        Consumer<String> log,
        BooleanSupplier stopWanted) {

    /** One that nobody wants to be stopped. */
    public ConnectorCall(
            String key,
            String rollout,
            int seq,
            CommandKind kind,
            int attempt,
            Instant notBefore,
            String target,
            Map<String, String> parameters,
            BooleanSupplier renewLease,
            Consumer<String> log) {
        this(key, rollout, seq, kind, attempt, notBefore, target, parameters, renewLease, log, () -> false);
    }

    /** The same, of which nothing is kept that the tool prints. */
    public ConnectorCall withoutLog() {
        return new ConnectorCall(
                key, rollout, seq, kind, attempt, notBefore, target, parameters, renewLease, output -> {}, stopWanted);
    }
}
