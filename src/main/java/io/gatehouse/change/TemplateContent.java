package io.gatehouse.change;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** What a template says: what may be done where, how, what is left open, and when it is taken out of use. */
public record TemplateContent(
        String title, String service, String environment, Plans plans, Set<OpenField> open, SuspensionRule suspension) {

    public TemplateContent {
        open = Set.copyOf(open);
    }

    /** Of a template that nobody reviewed: from before there were reviews, or as it ships. */
    static TemplateContent of(ChangeTemplate template) {
        return new TemplateContent(
                template.title(),
                template.serviceKey(),
                template.environmentKey(),
                template.plansOrNone(),
                Set.of(),
                SuspensionRule.USUAL);
    }

    ChangeTemplate inForce(String key, long version, boolean active) {
        return new ChangeTemplate(key, version, title, active, service, environment, PlanColumns.of(plans));
    }

    /** As it is stored. */
    static String text(Collection<OpenField> open) {
        return String.join(",", new TreeSet<>(open.stream().map(OpenField::name).toList()));
    }
}
