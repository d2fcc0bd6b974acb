package io.gatehouse.cab;

/** What somebody on a seat of a board says about a change. */
public enum Vote {
    APPROVE,
    REJECT,
    /** Counts for the quorum and on neither side. */
    ABSTAIN,
    /** A rejection that is the board's; only from seats that have one. */
    VETO
}
