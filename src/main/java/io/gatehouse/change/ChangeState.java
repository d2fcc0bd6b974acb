package io.gatehouse.change;

import java.util.EnumSet;
import java.util.Set;

/** Where a change stands. A change on hold keeps its state. */
public enum ChangeState {
    NEW,
    ASSESS,
    AUTHORIZE,
    SCHEDULED,
    IMPLEMENT,
    REVIEW,
    CLOSED,
    CANCELED;

    private static final Set<ChangeState> BEFORE_IMPLEMENT = EnumSet.of(NEW, ASSESS, AUTHORIZE, SCHEDULED);

    /** Whether nothing has been touched yet, so the change can still be revised. */
    public boolean isBeforeImplement() {
        return BEFORE_IMPLEMENT.contains(this);
    }

    /** Whether nothing more will happen. */
    public boolean isFinal() {
        return this == CLOSED || this == CANCELED;
    }

    /** The states a change of this type may go to from here; every other transition is refused. */
    public Set<ChangeState> next(ChangeType type) {
        return switch (this) {
            case NEW -> switch (type) {
                case STANDARD -> EnumSet.of(SCHEDULED, NEW, CANCELED);
                case NORMAL -> EnumSet.of(ASSESS, CANCELED);
                case EMERGENCY -> EnumSet.of(AUTHORIZE, CANCELED);
            };
            case ASSESS -> EnumSet.of(AUTHORIZE, NEW, CANCELED);
            case AUTHORIZE -> EnumSet.of(SCHEDULED, NEW, CANCELED);
            case SCHEDULED -> EnumSet.of(IMPLEMENT, NEW, CANCELED);
                // An emergency that was begun is reviewed, whatever became of it.
            case IMPLEMENT -> type == ChangeType.EMERGENCY ? EnumSet.of(REVIEW) : EnumSet.of(REVIEW, CANCELED);
            case REVIEW -> EnumSet.of(CLOSED);
            case CLOSED, CANCELED -> EnumSet.noneOf(ChangeState.class);
        };
    }
}
