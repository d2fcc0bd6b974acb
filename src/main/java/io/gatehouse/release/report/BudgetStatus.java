package io.gatehouse.release.report;

/** Whether a release costs what it may cost. */
public enum BudgetStatus {
    WITHIN_BUDGET,
    /** What is left would cost too much if it cost as much as what is done. */
    AT_RISK,
    /** More is spent than was planned. */
    OVER
}
