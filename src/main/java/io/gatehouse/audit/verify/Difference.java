package io.gatehouse.audit.verify;

/**
 * Something in the tables that the audit trail cannot account for.
 *
 * @param object what it is about, as the trail names it: {@code CHG-000123}, {@code template-<key>}, {@code tool-<name>}
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
        /** Somebody, or a team, had a part in it that was not written down, or did not have one that was. */
        DUTY,
        /** A seat or a decision nobody asked for or made. */
        APPROVAL_INSERTED,
        APPROVAL_DELETED,
        APPROVAL_ALTERED
    }
}
