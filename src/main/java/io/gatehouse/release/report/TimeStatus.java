package io.gatehouse.release.report;

/** Whether a release is in production when its window ends. */
public enum TimeStatus {
    ON_TIME,
    /** It may well not be. */
    AT_RISK,
    /** It is not, or more likely not than so. */
    LATE
}
