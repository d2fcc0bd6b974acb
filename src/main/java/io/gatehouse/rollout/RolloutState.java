package io.gatehouse.rollout;

import java.util.EnumSet;

/** Where a rollout stands. */
public enum RolloutState {
    /** Another rollout has a service of this one in the same environment; this one begins when that one ends. */
    WAITING,
    RUNNING,
    ROLLING_BACK,
    DEPLOYED,
    ROLLED_BACK,
    /** Rolled back, but for steps that could not be undone or that a person chose to leave. */
    ROLLBACK_INCOMPLETE;

    private static final EnumSet<RolloutState> LIVE = EnumSet.of(WAITING, RUNNING, ROLLING_BACK);

    public boolean isLive() {
        return LIVE.contains(this);
    }
}
