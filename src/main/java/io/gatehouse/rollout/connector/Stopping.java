package io.gatehouse.rollout.connector;

/** When a tool can be asked to end what it is doing. */
public enum Stopping {
    NEVER,
    /** While it is being called: by {@link ConnectorCall#stopWanted}. */
    DURING_THE_CALL,
    /** Once it has taken an order: by {@link Connector#stop}. */
    ONCE_TAKEN
}
