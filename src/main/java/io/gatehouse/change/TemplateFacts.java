package io.gatehouse.change;

import io.gatehouse.engine.CallableFromModels;

/** What the diagram asks about a version of a template; every answer is read from our tables, none from a variable. */
@CallableFromModels
class TemplateFacts {

    private final TemplateVersions versions;

    TemplateFacts(TemplateVersions versions) {
        this.versions = versions;
    }

    /** How far it is, as {@code ACTIVE}. */
    public String state(String number) {
        return versions.get(number).state().name();
    }
}
