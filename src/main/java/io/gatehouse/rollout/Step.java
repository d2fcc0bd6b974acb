package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.rollout.connector.CommandKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line of the ledger: something that really began.
 *
 * @param seq the place in the order of beginning, from 1; a rollback goes through it backwards
 * @param activity the box in the diagram at which the rollout waits for it
 * @param undoActivity the box that waits while it is undone
 * @param check whether it only looks; skipped on the way back
 * @param manual what a person does, if no tool does it
 * @param undoSettled whether the token in that box has gone on
 */
public record Step(
        long rollout,
        int seq,
        Stage stage,
        String name,
        String activity,
        @Nullable String undoActivity,
        String connector,
        String target,
        Map<String, String> parameters,
        @Nullable Undo undo,
        @Nullable String cannotBeUndone,
        boolean check,
        @Nullable String runbook,
        @Nullable Duration expectedDuration,
        @Nullable ManualWork manual,
        StepState state,
        String detail,
        boolean undoSettled,
        Instant startedAt,
        @Nullable Instant endedAt) {

    /** A digest of how far a step is. */
    static String progress(StepState state, String detail, @Nullable Instant ended) {
        return Fingerprint.of(state, detail, ended);
    }

    /** Whether the target may be other than before because of it. */
    boolean isStillInPlace() {
        return changesSomething() && state.isStillInPlace();
    }

    /** Whether it is still in place although the plan says how it is undone. */
    boolean isLeftUndone() {
        return isStillInPlace() && undo != null;
    }

    /** Whether there may be anything to undo; a check changes nothing. */
    boolean changesSomething() {
        return stage.changesSomething() && !check;
    }

    /**
     * Whether what it found after everything was done speaks against the deployment. One that was never made found
     * nothing; one between two steps stops the rollout before the next.
     */
    public boolean isFailedVerification() {
        return state == StepState.FAILED && stage == Stage.VERIFY;
    }

    /** What a person does for it or to undo it; nothing if a tool does. */
    @Nullable
    ManualWork work(CommandKind kind) {
        if (kind == CommandKind.RUN) {
            return manual;
        }
        return undo == null ? null : undo.manual();
    }

    /** Whether a rollback has to call a tool, or ask a person, for it. */
    boolean needsUndoCall() {
        return undo != null && (state == StepState.DONE || state == StepState.FAILED);
    }

    /** The state once its turn in a rollback has come and no tool is called. */
    StepState leftAsItIs() {
        boolean didSomething = changesSomething() && (state == StepState.DONE || state == StepState.FAILED);
        return didSomething ? StepState.NOT_UNDOABLE : state;
    }
}
