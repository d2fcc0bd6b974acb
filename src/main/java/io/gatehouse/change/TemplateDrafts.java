package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Proposing: a version is written, its rollout plan along with it, and then submitted for review. What is in force stays
 * in force until the other is let in.
 */
@Service
@Transactional
public class TemplateDrafts {

    private static final String PUT = "PUT /api/v1/change-templates/{key}";

    private final TemplateVersionRows rows;
    private final TemplateVersions versions;
    private final TemplateAdoption adoption;
    private final ChangeTemplates templates;
    private final TemplateOwnership ownership;
    private final TemplatePlan plans;
    private final TemplateProcess process;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;

    TemplateDrafts(
            TemplateVersionRows rows,
            TemplateVersions versions,
            TemplateAdoption adoption,
            ChangeTemplates templates,
            TemplateOwnership ownership,
            TemplatePlan plans,
            TemplateProcess process,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events) {
        this.rows = rows;
        this.versions = versions;
        this.adoption = adoption;
        this.templates = templates;
        this.ownership = ownership;
        this.plans = plans;
        this.process = process;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
    }

    /**
     * Writes the version that is proposed next, on behalf of the current person: who may propose for a service names no
     * other team's.
     *
     * @throws ProblemException conflict while the newest version is in review
     */
    public TemplateVersion write(String key, TemplateContent content, Precondition precondition) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(PUT, person, () -> ownership.of(content));
        templates.checkScope(content);
        adoption.adopt(key);
        List<TemplateVersion> all = rows.lock(key);
        templates
                .findEntry(key)
                .ifPresentOrElse(entry -> precondition.check(entry.version()), precondition::checkAbsent);
        TemplateVersion draft =
                open(key, all, content, Objects.requireNonNull(person).id());
        return versions.save("change.TemplateDrafted", draft, draft.written(content, person.id()), Map.of());
    }

    /** The version whose rollout plan the current person may write now; one is begun if there is none. */
    public TemplateVersion openForPlan(String key) {
        String person = currentPerson.find().orElseThrow().id();
        adoption.adopt(key);
        List<TemplateVersion> all = rows.lock(key);
        TemplateVersion draft = open(key, all, all.get(all.size() - 1).content(), person);
        return versions.save("change.TemplateDrafted", draft, draft.written(draft.content(), person), Map.of());
    }

    /** Begins the next version as a copy of the newest, unless somebody is at it already. The template must be locked. */
    TemplateVersion open(String key, List<TemplateVersion> all, TemplateContent content, String by) {
        TemplateVersion newest = all.isEmpty() ? null : all.get(all.size() - 1);
        if (newest != null && newest.state() == TemplateVersion.State.IN_REVIEW) {
            throw ProblemException.conflict(
                    "template-in-review",
                    "In review",
                    "Version " + newest.ordinal() + " of " + key
                            + " is in review and stays as it is until somebody has decided.");
        }
        return newest != null && newest.state() == TemplateVersion.State.DRAFT
                ? newest
                : begin(key, newest, content, by);
    }

    private TemplateVersion begin(String key, @Nullable TemplateVersion newest, TemplateContent content, String by) {
        try {
            TemplateVersion begun = rows.insert(
                    key,
                    newest == null ? 1 : newest.ordinal() + 1,
                    TemplateVersion.State.DRAFT,
                    content,
                    Set.of(by),
                    newest == null ? 0 : newest.version());
            events.publishEvent(new TemplateDrafted(begun.number(), key, newest == null ? null : newest.number()));
            return begun;
        } catch (DuplicateKeyException somebodyElseWasFaster) {
            throw ProblemException.conflict(
                    "template-changed", "Changed meanwhile", "Somebody else has just written " + key + "; read it.");
        }
    }

    /**
     * Has the draft reviewed by somebody else; from then on it stays as it is.
     *
     * @throws ProblemException conflict if nothing is being written
     */
    public TemplateVersion submit(String key) {
        String person = currentPerson.find().orElseThrow().id();
        TemplateVersion draft = rows.lock(key).stream()
                .filter(version -> version.state() == TemplateVersion.State.DRAFT)
                .findFirst()
                .orElseThrow(() -> ProblemException.conflict(
                        "no-draft",
                        "Nothing to submit",
                        key + " has no version that waits to be submitted; PUT one first."));
        templates.checkScope(draft.content());
        String plan = plans.fingerprint(draft.number());
        TemplateVersion submitted = versions.save(
                "change.TemplateSubmitted",
                draft,
                draft.submitted(plan, person, versions.now()),
                Map.of("plan", plan == null ? "none" : plan));
        process.start(submitted);
        return submitted;
    }
}
