package io.gatehouse.rollout.web;

import io.gatehouse.rollout.Abort;
import io.gatehouse.rollout.Pause;
import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.RolloutProgress;
import io.gatehouse.rollout.RolloutState;
import io.gatehouse.rollout.Step;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as the API shows it.
 *
 * @param rollbackReason why somebody asked for everything to be undone, if somebody has
 * @param aborted once somebody has aborted it
 * @param paused while no step of it may begin
 * @param progress while it lives and goes by the standard process
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
        @Nullable Aborted aborted,
        @Nullable Paused paused,
        @Nullable Progress progress,
        List<String> waitsFor,
        Instant openedAt,
        @Nullable Instant endedAt) {

    /** Which steps may still be there, by their numbers, in the order in which they began. */
    record Aborted(
            String by,
            String reason,
            List<Integer> stillInPlace,
            @Nullable String keptBy,
            @Nullable String keptReason) {

        static @Nullable Aborted of(@Nullable Abort abort, List<Step> stillInPlace) {
            return abort == null
                    ? null
                    : new Aborted(
                            abort.by(),
                            abort.because(),
                            stillInPlace.stream().map(Step::seq).toList(),
                            abort.keptBy(),
                            abort.keptBecause());
        }
    }

    record Paused(Instant since, String by, String reason) {

        static @Nullable Paused of(@Nullable Pause pause) {
            return pause == null ? null : new Paused(pause.since(), pause.by(), pause.because());
        }
    }

    /** The remaining time as ISO 8601, or {@code unknown}. */
    record Progress(int stepsPlanned, int stepsEnded, String remaining) {

        static Progress of(RolloutProgress progress) {
            return new Progress(
                    progress.stepsPlanned(), progress.stepsEnded(), Objects.toString(progress.remaining(), "unknown"));
        }
    }

    static RolloutRepresentation of(
            Rollout rollout, List<Step> stillInPlace, Optional<RolloutProgress> progress, List<String> waitsFor) {
        return new RolloutRepresentation(
                rollout.number(),
                rollout.change(),
                rollout.process(),
                rollout.environment(),
                rollout.state(),
                rollout.rollbackBy(),
                rollout.rollbackBecause(),
                Aborted.of(rollout.abort(), stillInPlace),
                Paused.of(rollout.pause()),
                progress.map(Progress::of).orElse(null),
                waitsFor,
                rollout.openedAt(),
                rollout.endedAt());
    }
}
