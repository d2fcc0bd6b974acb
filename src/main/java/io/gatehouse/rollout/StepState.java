package io.gatehouse.rollout;

import java.util.EnumSet;
import java.util.Set;

/** How far a step of a rollout has come. */
public enum StepState {
    RUNNING,
    /** Its turn has come, but the rollout is paused and the tool has not been called. */
    HELD,
    DONE,
    /** It failed, but it ran or may have run: it is undone like one that succeeded. */
    FAILED,
    /** The tool provably never began: there is nothing to undo. */
    NOT_RUN,
    /** Nobody knows whether it ran; a person decides. */
    UNKNOWN,
    UNDOING,
    UNDONE,
    /** The undo failed or its result is unknown; the rollback stands still until a person decides. */
    UNDO_FAILED,
    /** A person decided that it stays as it is. */
    UNDO_SKIPPED,
    /** The plan said beforehand that it cannot be undone. */
    NOT_UNDOABLE;

    private static final Set<StepState> STOP_THE_ROLLOUT =
            EnumSet.complementOf(EnumSet.of(RUNNING, HELD, DONE, UNKNOWN));
    private static final Set<StepState> STILL_IN_PLACE =
            EnumSet.of(DONE, FAILED, UNDOING, UNDO_FAILED, UNDO_SKIPPED, NOT_UNDOABLE);
    private static final Set<StepState> ENDED = EnumSet.of(DONE, FAILED, NOT_RUN, UNDONE, UNDO_SKIPPED, NOT_UNDOABLE);

    /** Whether no further step may begin after this one. */
    boolean stopsTheRollout() {
        return STOP_THE_ROLLOUT.contains(this);
    }

    /** Whether the effect of the step may still be there. */
    boolean isStillInPlace() {
        return STILL_IN_PLACE.contains(this);
    }

    /** Whether nothing is going on and nobody has to decide. */
    boolean isEnded() {
        return ENDED.contains(this);
    }
}
