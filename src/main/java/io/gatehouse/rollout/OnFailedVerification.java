package io.gatehouse.rollout;

/** What is done when a check of a plan fails. */
public enum OnFailedVerification {
    /** Everything is undone at once. */
    ROLL_BACK,
    /** All checks are made, and then a person decides. */
    ASK
}
