package io.gatehouse.audit.verify;

/**
 * Something in the tables that the audit trail cannot account for.
 *
 * @param object the number of the change, or {@code template-<key>}
 * @param sentence what is and what the trail says, with the entry that says it; no names of people
 */
public record Difference(String object, Kind kind, String sentence) {

    /** What was done past the product, as far as it can be told. */
    public enum Kind {
        /** A row whose beginning the trail does not know. */
        INSERTED,
        /** The trail knows it, and it is not there. */
        DELETED,
        /** Another state than that of the last entry. */
        STATE,
        /** Another content than at the last entry. */
        ALTERED,
        /** Other services, versions or links than were written down last. */
        SCOPE,
        /** Another plan than was written down last. */
        PLAN,
        /** A seat or a decision nobody asked for or made. */
        APPROVAL_INSERTED,
        APPROVAL_DELETED,
        APPROVAL_ALTERED
    }
}
