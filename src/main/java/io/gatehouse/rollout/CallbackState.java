package io.gatehouse.rollout;

/** What became of a callback. */
public enum CallbackState {
    RECEIVED,
    /** It ended a command, or told that one is still running. */
    APPLIED,
    /** Its command had ended before. */
    IGNORED,
    /** It cannot be applied; somebody should look at it. */
    DEAD
}
