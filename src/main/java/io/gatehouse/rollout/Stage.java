package io.gatehouse.rollout;

/** The part of a deployment that a step belongs to. The standard process goes through them in this order. */
public enum Stage {
    BACK_UP,
    MIGRATE_DATABASE,
    DEPLOY_APPLICATION,
    SHIFT_TRAFFIC,
    VERIFY;

    /** A check changes nothing, so nothing of it is undone. */
    boolean changesSomething() {
        return this != VERIFY;
    }
}
