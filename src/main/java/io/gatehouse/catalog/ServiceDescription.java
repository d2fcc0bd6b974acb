package io.gatehouse.catalog;

import java.util.Set;

/**
 * What people say about a service.
 *
 * @param name for people
 * @param tier 1 to 4, see {@link Service#tier()}
 * @param ownerGroup the group of people who own it
 * @param complianceScopes regulations it falls under
 * @param dependencies keys of the services it needs
 */
public record ServiceDescription(
        String name, int tier, String ownerGroup, Set<String> complianceScopes, Set<String> dependencies) {

    public ServiceDescription {
        complianceScopes = Set.copyOf(complianceScopes);
        dependencies = Set.copyOf(dependencies);
    }
}
