package io.gatehouse.change;

/** Likelihood × consequence of a change failing, from least to worst. */
public enum Risk {
    LOW,
    MODERATE,
    HIGH,
    VERY_HIGH
}
