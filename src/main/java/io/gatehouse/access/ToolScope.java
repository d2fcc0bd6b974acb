package io.gatehouse.access;

import java.util.Collection;
import java.util.Set;

/**
 * What a tool may do and to what.
 *
 * @param services keys of the services it may act on; there is no "all"
 * @param environments keys of the environments it may act in; all when empty
 * @param people ids of those who answer for it: who is responsible and who made its living tokens. Whatever the tool
 *     did counts as done by each of them too when duties must be segregated.
 */
public record ToolScope(Set<ToolAction> actions, Set<String> services, Set<String> environments, Set<String> people) {

    public ToolScope {
        actions = Set.copyOf(actions);
        services = Set.copyOf(services);
        environments = Set.copyOf(environments);
        people = Set.copyOf(people);
    }

    /** Whether the action on every one of these services in this environment is within the scope. */
    public boolean covers(ToolAction action, Collection<String> touched, String environment) {
        return actions.contains(action)
                && !touched.isEmpty()
                && services.containsAll(touched)
                && (environments.isEmpty() || environments.contains(environment));
    }
}
