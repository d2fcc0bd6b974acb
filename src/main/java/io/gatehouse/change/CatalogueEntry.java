package io.gatehouse.change;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template as people speak of it: the version that is or was in force last, or what is proposed if there was none yet.
 *
 * @param inForce the ordinal of the version whose content this is, if it ever was in force and has one
 * @param proposed the ordinal of the version that is being written or reviewed beside it, if any
 * @param version counts every write to the template; names what was read
 */
public record CatalogueEntry(
        String key,
        State state,
        TemplateContent content,
        @Nullable Integer inForce,
        @Nullable Integer proposed,
        long version) {

    /** Whether changes may be raised from it: only while it is ACTIVE. */
    public enum State {
        /** Nobody has let a version in yet. */
        PROPOSED,
        ACTIVE,
        SUSPENDED,
        RETIRED
    }

    static CatalogueEntry of(ChangeTemplate template) {
        return new CatalogueEntry(
                template.templateKey(),
                template.active() ? State.ACTIVE : State.RETIRED,
                TemplateContent.of(template),
                null,
                null,
                template.version());
    }

    /** @param all every version of a template that has one, oldest first */
    static CatalogueEntry of(List<TemplateVersion> all) {
        TemplateVersion newest = all.get(all.size() - 1);
        TemplateVersion standing = TemplateSuspensions.standing(all).orElse(null);
        TemplateVersion shown = standing == null ? newest : standing;
        return new CatalogueEntry(
                newest.template(),
                standing == null ? State.PROPOSED : stateOf(standing),
                shown.content(),
                standing == null ? null : standing.ordinal(),
                newest.state() == TemplateVersion.State.DRAFT || newest.state() == TemplateVersion.State.IN_REVIEW
                        ? newest.ordinal()
                        : null,
                TemplateVersions.nextCount(all) - 1);
    }

    private static State stateOf(TemplateVersion standing) {
        return switch (standing.state()) {
            case ACTIVE -> State.ACTIVE;
            case RETIRED -> State.RETIRED;
                // One that somebody wants back is suspended until another has let it in.
            default -> State.SUSPENDED;
        };
    }
}
