package io.gatehouse.permissions;

import java.util.Map;
import java.util.Set;

/**
 * Somebody who calls an operation, and what the table grants them, read from its cells.
 *
 * @param id of a person or of a tool, empty for nobody
 * @param groups roles and teams
 * @param actions what the token of a tool names; empty for people
 * @param services the services of that token
 * @param token the token
 */
record Caller(String label, String id, Set<String> groups, Set<String> actions, Set<String> services, String token) {

    /** A tool asks for the rollouts of one change; whether it may depends on that one. */
    static final String ROLLOUTS = "GET /api/v1/rollouts";

    static Caller person(String label, String id, Set<String> groups) {
        return new Caller(label, id, groups, Set.of(), Set.of(), "");
    }

    boolean isNobody() {
        return id.isEmpty();
    }

    boolean isTool() {
        return !token.isEmpty();
    }

    /** What the table says; {@code table} is all of its rows by name. */
    boolean may(TableRow row, Thing thing, Map<String, TableRow> table) {
        if (row.says("anonymous", "all")) {
            return true;
        }
        if (isNobody()) {
            return false;
        }
        return isTool() ? mayAsTool(row, thing) : mayAsPerson(row, thing, table);
    }

    private boolean mayAsTool(TableRow row, Thing thing) {
        if (!actions.contains(row.cells().get("tool"))) {
            return false;
        }
        if (row.name().equals(ROLLOUTS)) {
            return services.contains(thing.service());
        }
        if (!row.isAboutOne() || !Thing.OWNED.contains(row.collection())) {
            return true;
        }
        boolean raisedHere = !row.says("tool", "raise-changes")
                || (Thing.RAISED.contains(row.collection()) && thing.requester().equals(id));
        return thing.exists() && services.contains(thing.service()) && raisedHere;
    }

    private boolean mayAsPerson(TableRow row, Thing thing, Map<String, TableRow> table) {
        if (row.saysForAny(groups, "never")) {
            return false;
        }
        if (has(row, "all")) {
            return true;
        }
        boolean some = has(row, "own");
        if (!row.isAboutOne() || !Thing.OWNED.contains(row.collection())) {
            return some;
        }
        if (!thing.exists()) {
            return some && has(table.get(row.showing()), "all");
        }
        return (some && owns(row, thing)) || (row.says("asked", "all") && isAsked(thing, table.get(Thing.QUESTION)));
    }

    private boolean has(TableRow row, String word) {
        return row.says("signed-in", word) || row.saysForAny(groups, word);
    }

    private boolean owns(TableRow row, Thing thing) {
        return groups.contains(thing.team())
                || (Thing.RAISED.contains(row.collection()) && thing.requester().equals(id));
    }

    private boolean isAsked(Thing thing, TableRow task) {
        return !task.saysForAny(groups, "never")
                && thing.asked().stream()
                        .filter(groups::contains)
                        .anyMatch(group -> TableRow.ROLES.contains(group)
                                ? task.says(group, "all") || task.says(group, "own")
                                : task.says("asked", "all"));
    }
}
