package io.gatehouse.rollout;

import java.util.EnumSet;

/** Where a rollout stands. */
public enum RolloutState {
    /** Another rollout has a service of this one in the same environment; this one begins when that one ends. */
    WAITING,
    RUNNING,
    /**
     * Somebody has aborted it: no step begins any more. Once the one under way is over, a person decides whether what ran
     * is kept or undone.
     */
    ABORTING,
    ROLLING_BACK,
    DEPLOYED,
    ROLLED_BACK,
    /** A rehearsal that ran to its end and was verified, and of which everything that can be undone was undone. */
    REHEARSED,
    /** Rolled back, but for steps that could not be undone or that a person chose to leave. */
    ROLLBACK_INCOMPLETE,
    /** It was aborted, and a person decided to keep what had run, or nothing had. */
    ABORTED,
    /** Its process was deleted while it ran. It keeps its services until no tool is at work and nothing is unclear. */
    ABANDONED;

    private static final EnumSet<RolloutState> LIVE = EnumSet.of(WAITING, RUNNING, ABORTING, ROLLING_BACK);

    /** Whether steps may still begin. */
    boolean mayBePaused() {
        return this == WAITING || this == RUNNING;
    }

    public boolean isLive() {
        return LIVE.contains(this);
    }
}
