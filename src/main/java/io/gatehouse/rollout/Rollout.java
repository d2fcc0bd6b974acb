package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a change's plan.
 *
 * @param rollbackBy who asked for the rollback, if somebody has
 */
public record Rollout(
        long id,
        String change,
        String process,
        String environment,
        RolloutState state,
        @Nullable String rollbackBy,
        @Nullable String rollbackBecause,
        Instant openedAt,
        @Nullable Instant endedAt) {

    /** The number people say: {@code ROL-000123}. */
    public String number() {
        return RolloutNumber.of(id);
    }

    /** A digest of its row in another state. */
    String fingerprint(RolloutState next, @Nullable Instant ended) {
        return Fingerprint.of(id, change, process, environment, next, rollbackBy, rollbackBecause, openedAt, ended);
    }

    Rollout rolledBackBy(String person, String because) {
        return new Rollout(id, change, process, environment, state, person, because, openedAt, endedAt);
    }

    /** Whether somebody asked for everything to be undone. */
    public boolean rollbackRequested() {
        return rollbackBy != null;
    }
}
