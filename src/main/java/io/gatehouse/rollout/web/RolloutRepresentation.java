package io.gatehouse.rollout.web;

import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.RolloutState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as the API shows it.
 *
 * @param rollbackReason why somebody asked for everything to be undone, if somebody has
 * @param waitsFor the rollouts that have its services, while it is WAITING
 */
record RolloutRepresentation(
        String number,
        String change,
        String process,
        String environment,
        RolloutState state,
        @Nullable String rollbackRequestedBy,
        @Nullable String rollbackReason,
        List<String> waitsFor,
        Instant openedAt,
        @Nullable Instant endedAt) {

    static RolloutRepresentation of(Rollout rollout, List<String> waitsFor) {
        return new RolloutRepresentation(
                rollout.number(),
                rollout.change(),
                rollout.process(),
                rollout.environment(),
                rollout.state(),
                rollout.rollbackBy(),
                rollout.rollbackBecause(),
                waitsFor,
                rollout.openedAt(),
                rollout.endedAt());
    }
}
