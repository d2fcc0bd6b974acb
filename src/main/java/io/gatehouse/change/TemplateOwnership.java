package io.gatehouse.change;

import io.gatehouse.access.OwnedResource;
import io.gatehouse.access.Ownership;
import io.gatehouse.catalog.Services;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** A template of standard changes belongs to the team of its service. */
@Component
class TemplateOwnership implements OwnedResource {

    private final ChangeTemplates templates;
    private final Services services;

    TemplateOwnership(ChangeTemplates templates, Services services) {
        this.templates = templates;
        this.services = services;
    }

    @Override
    public String address() {
        return "/api/v1/change-templates";
    }

    @Override
    public Optional<Ownership> find(String key) {
        return templates
                .find(key)
                .map(template -> new Ownership(
                        Set.of(),
                        Set.of(),
                        services.ownerGroups(List.of(template.serviceKey())),
                        template.environmentKey()));
    }
}
