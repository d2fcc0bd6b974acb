package io.gatehouse.rollout;

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

    /** Whether somebody asked for everything to be undone. */
    public boolean rollbackRequested() {
        return rollbackBy != null;
    }
}
