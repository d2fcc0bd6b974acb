package io.gatehouse.tool;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import io.gatehouse.catalog.Services;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A tool belongs to the teams of its services; {@link ToolOwners} asks further whether to one or to all of them. */
@Component
class ToolOwnership implements OwnedResource {

    private final ToolRows rows;
    private final Services services;

    ToolOwnership(ToolRows rows, Services services) {
        this.rows = rows;
        this.services = services;
    }

    @Override
    public String address() {
        return "/api/v1/tools";
    }

    @Override
    public Optional<Ownership> find(String name) {
        return rows.find(name)
                .map(tool -> new Ownership(Set.of(), Set.of(), services.ownerGroups(tool.services()), null));
    }
}
