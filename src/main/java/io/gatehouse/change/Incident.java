package io.gatehouse.change;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An incident that a change caused.
 *
 * @param reference what it is called where incidents are kept, as {@code INC-4711}
 * @param url where it is to be read
 * @param openedAt when it was opened there
 * @param linkedBy the person or tool that said so
 * @param removedBy the person or tool that said it was wrong; absent as long as it counts
 */
public record Incident(
        long id,
        String reference,
        @Nullable String url,
        Severity severity,
        Instant openedAt,
        String linkedBy,
        Instant linkedAt,
        @Nullable String removedBy,
        @Nullable Instant removedAt,
        @Nullable String removedBecause) {

    /** Whether it counts. */
    boolean isInForce() {
        return removedBy == null;
    }

    /** How bad it was, from least to worst; what it costs the scores is in {@code docs/policy.md}. */
    public enum Severity {
        MINOR(0.5),
        MAJOR(0.25),
        CRITICAL(0);

        private final double most;

        Severity(double most) {
            this.most = most;
        }

        /** What a change that caused such a one counts at most as a success. */
        double most() {
            return most;
        }
    }
}
