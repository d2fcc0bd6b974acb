package io.gatehouse.catalog;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A service belongs to its team. */
@Component
class ServiceOwnership implements OwnedResource {

    private final Services services;

    ServiceOwnership(Services services) {
        this.services = services;
    }

    @Override
    public String address() {
        return "/api/v1/services";
    }

    @Override
    public Optional<Ownership> find(String key) {
        Map<String, String> groups = services.ownerGroups(List.of(key));
        return groups.isEmpty() ? Optional.empty() : Optional.of(new Ownership(Set.of(), Set.of(), groups, null));
    }
}
