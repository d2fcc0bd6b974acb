package io.gatehouse.change;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Letting a version in, by somebody who wrote nothing of it; what was in force gives way to it. */
@Service
@Transactional
public class TemplateReviews {

    private static final String REVIEW = "POST /api/v1/change-templates/{key}/reviews";

    private final TemplateVersionRows rows;
    private final TemplateVersions versions;
    private final ChangeTemplates templates;
    private final TemplatePlan plans;
    private final TemplateProcess process;
    private final Permissions permissions;
    private final AuditTrail audit;

    TemplateReviews(
            TemplateVersionRows rows,
            TemplateVersions versions,
            ChangeTemplates templates,
            TemplatePlan plans,
            TemplateProcess process,
            Permissions permissions,
            AuditTrail audit) {
        this.rows = rows;
        this.versions = versions;
        this.templates = templates;
        this.plans = plans;
        this.process = process;
        this.permissions = permissions;
        this.audit = audit;
    }

    /** @throws ProblemException forbidden to whoever wrote, submitted or wants to reinstate it */
    public void requireReviewer(String number, Person person) {
        TemplateVersion version = versions.get(number);
        if (version.authors().contains(person.id())) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You proposed version " + version.ordinal() + " of " + version.template()
                            + " or wrote something of it, so somebody else has to review it.");
        }
    }

    /** Records that the current person looked at what they are asked to let in, once each time it is in review. */
    public void viewed(String number) {
        viewed(versions.get(number));
    }

    /** Likewise for whoever may review them and looks over the API. */
    public void viewed(List<TemplateVersion> shown, Person person) {
        shown.stream()
                .filter(version -> version.state() == TemplateVersion.State.IN_REVIEW
                        && permissions.allowsAll(REVIEW, person)
                        && !version.authors().contains(person.id()))
                .forEach(this::viewed);
    }

    private void viewed(TemplateVersion version) {
        audit.recordOnce(
                "change.TemplateViewed",
                version.number(),
                Map.of("template", version.template(), "ordinal", version.ordinal(), "count", version.version()));
    }

    /**
     * Lets a version in or refuses it.
     *
     * @throws ProblemException conflict if it is not in review, or its rollout plan is not the one that was submitted
     */
    public void decide(String number, Person person, boolean letIn, String reason) {
        TemplateVersion reviewed = versions.lock(number);
        requireReviewer(number, person);
        reviewed.requireState(TemplateVersion.State.IN_REVIEW);
        if (letIn) {
            requirePlanAsSubmitted(reviewed);
            giveWay(reviewed);
            letIn(reviewed, person, reason);
        } else {
            versions.save(
                    "change.TemplateRefused",
                    reviewed,
                    reviewed.decided(
                            reviewed.wasInForce() ? TemplateVersion.State.SUSPENDED : TemplateVersion.State.REFUSED,
                            reviewed.countsSince(),
                            person.id(),
                            versions.now(),
                            reason),
                    Map.of());
        }
    }

    private void requirePlanAsSubmitted(TemplateVersion version) {
        if (!Objects.equals(plans.fingerprint(version.number()), version.planSha256())) {
            throw ProblemException.conflict(
                    "template-plan-changed",
                    "The rollout plan has changed",
                    "The rollout plan of " + version.template() + " or the process that carries it out is not as it was"
                            + " submitted. Refuse this version, so that it is submitted again.");
        }
    }

    private void giveWay(TemplateVersion to) {
        rows.lock(to.template()).stream()
                .filter(other -> other.id() != to.id() && other.wasInForce() && other.isUnderWay())
                .forEach(other -> {
                    versions.save(
                            "change.TemplateReplaced",
                            other,
                            other.ended(TemplateVersion.State.REPLACED, other.endedBecause()),
                            Map.of("by", to.ordinal()));
                    process.ended(other);
                });
    }

    private void letIn(TemplateVersion reviewed, Person person, String reason) {
        versions.save(
                "change.TemplateLetIn",
                reviewed,
                reviewed.decided(TemplateVersion.State.ACTIVE, versions.now(), person.id(), versions.now(), reason),
                Map.of());
        templates.putInForce(reviewed, true);
    }
}
