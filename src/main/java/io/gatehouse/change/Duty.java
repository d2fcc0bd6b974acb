package io.gatehouse.change;

/** A part somebody has in a change, which keeps them from deciding on it. */
enum Duty {
    /** Raised it, or wrote something of what is to be approved. */
    AUTHOR,
    /** Implemented it. */
    IMPLEMENTER,
    /** Proposed or let in a version of a policy table that decides about it. */
    POLICY
}
