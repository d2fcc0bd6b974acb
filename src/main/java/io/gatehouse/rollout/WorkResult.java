package io.gatehouse.rollout;

/** What came of work by hand. */
public enum WorkResult {
    /** Every item of the checklist is done. */
    DONE,
    /** It could not be done, or not wholly; what was done of it may be there. */
    FAILED
}
