package io.gatehouse.access;

import java.util.Arrays;

/** How far a row of the permission table lets somebody go. The widest of a person's grants counts, but for NEVER. */
enum Grant {
    NONE("-"),
    /** What they raised, what touches a service of their team; for a list: only those in it. */
    OWN("own"),
    ALL("all"),
    /** Not even with another role: whoever audits changes nothing. */
    NEVER("never");

    private final String cell;

    Grant(String cell) {
        this.cell = cell;
    }

    static Grant of(String cell) {
        return Arrays.stream(values())
                .filter(grant -> grant.cell.equals(cell))
                .findFirst()
                .orElseThrow(() ->
                        new PermissionTableException("'" + cell + "' is no permission; write all, own, never or -"));
    }

    /** The later one counts: the order above is the order of strength. */
    static Grant strongest(Grant one, Grant other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
