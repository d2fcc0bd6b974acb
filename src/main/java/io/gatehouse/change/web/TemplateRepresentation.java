package io.gatehouse.change.web;

import io.gatehouse.change.CatalogueEntry;
import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.SuspensionRule;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An entry of the catalogue of standard changes as the API shows it. */
record TemplateRepresentation(
        String key,
        CatalogueEntry.State state,
        @Nullable Integer inForce,
        @Nullable Integer proposed,
        String title,
        String service,
        String environment,
        Plans plans,
        Set<OpenField> open,
        SuspensionRule suspension) {

    static TemplateRepresentation of(CatalogueEntry entry) {
        return new TemplateRepresentation(
                entry.key(),
                entry.state(),
                entry.inForce(),
                entry.proposed(),
                entry.content().title(),
                entry.content().service(),
                entry.content().environment(),
                entry.content().plans(),
                new TreeSet<>(entry.content().open()),
                entry.content().suspension());
    }
}
