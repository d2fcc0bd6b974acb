package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run of a change's plan.
 *
 * @param rollbackBy who asked for the rollback, if somebody has
 * @param abort absent unless somebody has aborted it
 * @param pause absent unless it is paused; it ends at the latest when the rollout turns back or ends
 */
public record Rollout(
        long id,
        String change,
        String process,
        String environment,
        RolloutState state,
        @Nullable String rollbackBy,
        @Nullable String rollbackBecause,
        @Nullable Abort abort,
        @Nullable Pause pause,
        Instant openedAt,
        @Nullable Instant endedAt) {

    /** What asks for the rollback of a rehearsal that has run through; no person has such an id. */
    private static final String REHEARSAL = "rehearsal:";

    /** The number people say: {@code ROL-000123}. */
    public String number() {
        return RolloutNumber.of(id);
    }

    /** A digest of its row as it is. */
    String fingerprint() {
        return fingerprint(state, endedAt);
    }

    /** A digest of its row in another state. */
    String fingerprint(RolloutState next, @Nullable Instant ended) {
        Pause kept = next.mayBePaused() ? pause : null;
        return Fingerprint.of(
                id,
                change,
                process,
                environment,
                next,
                rollbackBy,
                rollbackBecause,
                abort == null ? null : abort.by(),
                abort == null ? null : abort.because(),
                abort == null ? null : abort.keptBy(),
                abort == null ? null : abort.keptBecause(),
                kept == null ? null : kept.since(),
                kept == null ? null : kept.by(),
                kept == null ? null : kept.because(),
                openedAt,
                ended);
    }

    /** Whether somebody asked for everything to be undone. */
    public boolean rollbackRequested() {
        return rollbackBy != null;
    }

    /** Who asks for a rehearsal to be undone once it has run through: the rehearsal itself. */
    static String rehearsalOf(String change) {
        return REHEARSAL + change;
    }

    /** Whether it is being undone, or was, because it was a rehearsal and has run through. */
    boolean ranThroughAsRehearsal() {
        return rollbackBy != null && rollbackBy.startsWith(REHEARSAL);
    }

    /** Whether a person is to decide what becomes of what ran, as soon as nothing is under way. */
    public boolean isAborted() {
        return state == RolloutState.ABORTING && !rollbackRequested();
    }

    /** Whether no step may begin until somebody resumes it. */
    public boolean isPaused() {
        return pause != null;
    }
}
