package io.gatehouse.access;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose something is.
 *
 * @param numbers the numbers under which tasks are about it: {@code CHG-000123}; empty if no task ever is
 * @param requesters the ids of those who raised it; empty if nobody did
 * @param teams the owner group of each service it is about, by the service's key
 * @param environment the key of the one it is about; null if that does not matter
 */
public record Ownership(
        Set<String> numbers, Set<String> requesters, Map<String, String> teams, @Nullable String environment) {

    /** Of what does not exist. */
    public static final Ownership NOBODYS = new Ownership(Set.of(), Set.of(), Map.of(), null);

    public Ownership {
        numbers = Set.copyOf(numbers);
        requesters = Set.copyOf(requesters);
        teams = Map.copyOf(teams);
    }

    /** A person owns what they raised and what touches a service of their team; a tool owns what touches only its own. */
    boolean isOf(Person person) {
        ToolScope scope = person.scope();
        if (scope != null) {
            return !teams.isEmpty()
                    && scope.services().containsAll(teams.keySet())
                    && (environment == null
                            || scope.environments().isEmpty()
                            || scope.environments().contains(environment));
        }
        return requesters.contains(person.id()) || teams.values().stream().anyMatch(team -> isTeamOf(person, team));
    }

    /** A role is no team, though a service may name one as its owner: else a whole role would own its changes. */
    private static boolean isTeamOf(Person person, String team) {
        return person.isIn(team) && !Roles.ALL.contains(team);
    }
}
