package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time after the database was restored, in which no tool is told anything: what the backup takes for not done may
 * have been done since.
 *
 * @param name by which its operator tells this restore from others
 * @param releasedAt absent while it lasts, like who released it and why
 */
public record Quarantine(
        String name,
        Instant begunAt,
        @Nullable Instant releasedAt,
        @Nullable String releasedBy,
        @Nullable String releasedBecause) {

    String fingerprint() {
        return Fingerprint.of(name, begunAt, releasedAt, releasedBy, releasedBecause);
    }
}
