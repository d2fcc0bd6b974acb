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
    private final TemplateVersionRows versions;
    private final Services services;

    TemplateOwnership(ChangeTemplates templates, TemplateVersionRows versions, Services services) {
        this.templates = templates;
        this.versions = versions;
        this.services = services;
    }

    @Override
    public String address() {
        return "/api/v1/change-templates";
    }

    /** By the key of the template, or by the number of a version, as tasks call it. */
    @Override
    public Optional<Ownership> find(String id) {
        return TemplateNumber.findId(id).isPresent()
                ? versions.find(TemplateNumber.findId(id).getAsLong())
                        .map(version -> owned(Set.of(version.number()), version.content()))
                : templates.findEntry(id).map(CatalogueEntry::content).map(this::of);
    }

    /** Whose a template would be that says this. */
    Ownership of(TemplateContent content) {
        return owned(Set.of(), content);
    }

    private Ownership owned(Set<String> numbers, TemplateContent content) {
        return new Ownership(
                numbers, Set.of(), services.ownerGroups(List.of(content.service())), content.environment());
    }
}
