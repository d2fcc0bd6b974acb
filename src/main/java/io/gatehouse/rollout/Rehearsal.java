package io.gatehouse.rollout;

import io.gatehouse.change.Change;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A plan of a change tried out where nobody is hurt: by a change of its own, which people approve as the policy says, and
 * which undoes everything in the end.
 *
 * @param change the number of the change that rehearses
 * @param rehearses the number of the change whose plan is tried out
 * @param rollout its number, once there is one
 * @param current whether that change has the same plan and brings the same now as when the rehearsal began
 */
public record Rehearsal(
        String change,
        String rehearses,
        String environment,
        String requester,
        Instant raisedAt,
        Result result,
        @Nullable String rollout,
        boolean current) {

    /** What came of it. */
    public enum Result {
        /** It waits for approvals or its window, or it runs. */
        PENDING,
        /** Everything ran, was verified and was undone, but for steps that cannot be undone. */
        PASSED,
        /** Anything else: a step or its undo failed, people stopped it, or it never began. */
        FAILED;

        static Result of(Change rehearsal, @Nullable Rollout rollout) {
            if (rollout == null || rollout.state().isLive()) {
                return rehearsal.state().isFinal() ? FAILED : PENDING;
            }
            return rollout.state() == RolloutState.REHEARSED ? PASSED : FAILED;
        }
    }
}
