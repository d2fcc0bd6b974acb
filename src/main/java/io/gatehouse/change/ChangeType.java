package io.gatehouse.change;

/** The types of change of ITIL 4. */
public enum ChangeType {
    /** Pre-authorised and low risk, made from an active catalogue template. */
    STANDARD,
    /** Assessed, authorised and scheduled. */
    NORMAL,
    /** As soon as possible, documented afterwards if need be. */
    EMERGENCY
}
