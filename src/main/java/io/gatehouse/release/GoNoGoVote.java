package io.gatehouse.release;

/** What a seat says. */
public enum GoNoGoVote {
    GO,
    /** Once what the seat demands is done. */
    CONDITIONAL_GO,
    NO_GO
}
