package io.gatehouse.change;

/** When a task of a change is to be done, which is also what waits for it. */
public enum TaskPhase {
    /** Before the implementation, which does not begin until it is done. */
    BEFORE,
    /** While the change is implemented; the change is not closed until it is done. */
    DURING,
    /** When the implementation is over; the change is not closed until it is done. */
    AFTER;

    /** Whether people can do it while its change is in this state. */
    boolean isReachedIn(ChangeState state) {
        return switch (this) {
            case BEFORE -> state.isBeforeImplement();
            case DURING -> state == ChangeState.IMPLEMENT || state == ChangeState.REVIEW;
            case AFTER -> state == ChangeState.REVIEW;
        };
    }

    /** Whether such a task can still be added to a change in this state. */
    boolean isToComeIn(ChangeState state) {
        return switch (this) {
            case BEFORE -> state.isBeforeImplement();
            case DURING -> state.isBeforeImplement() || state == ChangeState.IMPLEMENT;
            case AFTER -> !state.isFinal();
        };
    }

    /** As it goes on from "is done". */
    String sentence() {
        return switch (this) {
            case BEFORE -> "before the implementation";
            case DURING -> "during the implementation";
            case AFTER -> "after the implementation";
        };
    }
}
