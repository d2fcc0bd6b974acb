package io.gatehouse.rollout;

/** What became of a person's wish that a tool stops. */
public enum StopState {
    /** The tool has not been told yet. */
    REQUESTED,
    /** The tool was told and will stop, or has ended anyway; the step tells how. */
    TAKEN,
    /** The tool does not let us, or there is nothing left that could be told. */
    REFUSED,
    /** The tool could not be told, however often that was tried. */
    NOT_TOLD
}
