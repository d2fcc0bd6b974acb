package io.gatehouse.release;

/** What the votes came to. */
public enum GoNoGoOutcome {
    GO,
    /** Go, once every condition is met; a condition that lapses makes it a no-go. */
    CONDITIONAL_GO,
    NO_GO
}
