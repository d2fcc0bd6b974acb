package io.gatehouse.change.web;

import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.Plans;

/** An entry of the catalogue of standard changes as the API shows it. */
record TemplateRepresentation(
        String key, String title, boolean active, String service, String environment, Plans plans) {

    static TemplateRepresentation of(ChangeTemplate template) {
        return new TemplateRepresentation(
                template.templateKey(),
                template.title(),
                template.active(),
                template.serviceKey(),
                template.environmentKey(),
                template.plansOrNone());
    }
}
