package io.gatehouse.change;

/**
 * Why nothing more of a change may be put into production.
 *
 * @param sentence for people
 */
public record Objection(Reason reason, String sentence) {

    /** What the objection is about, for the audit trail. */
    public enum Reason {
        NOT_IN_IMPLEMENTATION,
        ON_HOLD,
        NOT_APPROVED,
        /** It was begun before it was approved, and then was not: what has not run yet does not. */
        NOT_APPROVED_AFTERWARDS,
        /** What is about to run is not what was submitted and approved. */
        ALTERED,
        FROZEN
    }
}
