package io.gatehouse.rollout;

/** What a person decides about a step that no machine can settle. */
public enum ResolutionAction {
    /** The tool is called again, as a new attempt with a new key. */
    RETRY,
    /** A step: it did not run, so the rollout stops. An undo: what was done stays as it is. */
    SKIP,
    /** A step: it ran. An undo: somebody undid it by hand. */
    DONE_BY_HAND
}
