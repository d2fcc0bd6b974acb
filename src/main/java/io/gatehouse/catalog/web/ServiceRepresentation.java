package io.gatehouse.catalog.web;

import io.gatehouse.catalog.Service;
import java.util.SortedSet;

/** A service as the API shows it. */
record ServiceRepresentation(
        String key,
        String name,
        int tier,
        String ownerGroup,
        SortedSet<String> complianceScopes,
        SortedSet<String> dependencies) {

    static ServiceRepresentation of(Service service) {
        return new ServiceRepresentation(
                service.key(),
                service.name(),
                service.tier(),
                service.ownerGroup(),
                service.complianceScopes(),
                service.dependencies());
    }
}
