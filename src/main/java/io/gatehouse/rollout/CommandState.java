package io.gatehouse.rollout;

/** How far a command to a tool has come. */
enum CommandState {
    NEW,
    /** New as well, but its rollout is paused. */
    HELD,
    /** A node has a lease and is calling the tool, or has died doing so. */
    SENDING,
    /** The tool has taken it and will tell the result. */
    ACCEPTED,
    DONE,
    FAILED,
    /** Not settled by any machine; a person decides. */
    UNKNOWN;

    /** Whether the result is still to come. */
    boolean isOpen() {
        return isUnsent() || this == SENDING || this == ACCEPTED;
    }

    /** Whether the tool has provably not been told yet. */
    boolean isUnsent() {
        return this == NEW || this == HELD;
    }
}
