package io.gatehouse.access;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may do one thing.
 *
 * @param name an operation, a page, a call of a web application (method and address) or the stem of a user task
 * @param anonymous whether nobody need sign in
 * @param signedIn what every person may, whatever their roles
 * @param asked whether being asked in a waiting task about the thing is enough
 * @param toolAction the action a token must name; null if no tool may
 * @param roles what each role may
 * @param why the reason, for whoever reads the table
 */
record PermissionRow(
        String name,
        boolean anonymous,
        Grant signedIn,
        boolean asked,
        @Nullable ToolAction toolAction,
        Map<String, Grant> roles,
        String why) {

    static final List<String> FIRST_COLUMNS = List.of("anonymous", "signed-in", "asked", "tool");

    /** Reads the cells of a line by their columns. */
    static PermissionRow of(String name, Map<String, String> cells) {
        Map<String, Grant> roles = new TreeMap<>();
        Roles.ALL.forEach(role -> roles.put(role, Grant.of(cell(cells, role))));
        return new PermissionRow(
                name,
                Grant.of(cell(cells, "anonymous")) == Grant.ALL,
                Grant.of(cell(cells, "signed-in")),
                Grant.of(cell(cells, "asked")) == Grant.ALL,
                action(cell(cells, "tool")),
                roles,
                cell(cells, "why"));
    }

    private static @Nullable ToolAction action(String cell) {
        if (cell.equals("-")) {
            return null;
        }
        return Arrays.stream(ToolAction.values())
                .filter(action -> action.words().replace(' ', '-').equals(cell))
                .findFirst()
                .orElseThrow(() -> new PermissionTableException("'" + cell + "' is no action of a tool"));
    }

    private static String cell(Map<String, String> cells, String column) {
        String cell = cells.get(column);
        if (cell == null || cell.isEmpty()) {
            throw new PermissionTableException("the column '" + column + "' is empty; write - for nobody");
        }
        return cell;
    }

    /** What this person may without having been asked; of a tool only with the action in its token. */
    Grant grantTo(Person person) {
        ToolScope scope = person.scope();
        if (scope != null) {
            return toolAction != null && scope.actions().contains(toolAction) ? Grant.OWN : Grant.NONE;
        }
        return person.groups().stream()
                .map(group -> roles.getOrDefault(group, Grant.NONE))
                .reduce(signedIn, Grant::strongest);
    }

    /** Whether it is this caller's own; what a tool raises is its own only if it raised it, not another of its services. */
    boolean owns(Person person, Ownership ownership) {
        boolean raisedByOthers = person.isTool()
                && toolAction == ToolAction.RAISE_CHANGES
                && !ownership.requesters().contains(person.id());
        return ownership.isOf(person) && !raisedByOthers;
    }

    /** What members of a group may who were asked as such; a group that is no role is a team. */
    Grant grantToAsked(String group) {
        return roles.getOrDefault(group, asked ? Grant.ALL : Grant.NONE);
    }

    boolean distinguishesOwners() {
        return asked || signedIn == Grant.OWN || roles.containsValue(Grant.OWN);
    }
}
