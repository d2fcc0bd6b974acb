package io.gatehouse.change;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Taking a template out of use: by itself when its changes fail, or by a person; and what becomes of it. Changes that are
 * under way start nothing more, for the template no longer authorises them.
 */
@Service
@Transactional
public class TemplateSuspensions {

    /** What the owner of a suspended template does about it. */
    public enum Decision {
        /** It is as it should be: somebody else reviews it again, and it comes back. */
        REINSTATE,
        /** Another version will take its place; the suspended one stays so until then. */
        REVISE,
        RETIRE
    }

    private final TemplateVersionRows rows;
    private final TemplateVersions versions;
    private final TemplateAdoption adoption;
    private final TemplateDrafts drafts;
    private final ChangeTemplates templates;
    private final TemplateUses uses;
    private final TemplatePlan plans;
    private final TemplateProcess process;

    TemplateSuspensions(
            TemplateVersionRows rows,
            TemplateVersions versions,
            TemplateAdoption adoption,
            TemplateDrafts drafts,
            ChangeTemplates templates,
            TemplateUses uses,
            TemplatePlan plans,
            TemplateProcess process) {
        this.rows = rows;
        this.versions = versions;
        this.adoption = adoption;
        this.drafts = drafts;
        this.templates = templates;
        this.uses = uses;
        this.plans = plans;
        this.process = process;
    }

    /**
     * Counts a change that was closed; only a failure can suspend its template. Two that are closed at once wait for each
     * other at the lock, and the second counts both.
     */
    void closed(Change change) {
        String template = change.template();
        if (template == null || !(change.rolledBack() || change.closeCode() == CloseCode.UNSUCCESSFUL)) {
            return;
        }
        standing(rows.lock(template))
                .filter(version -> version.state() == TemplateVersion.State.ACTIVE)
                .ifPresent(this::suspendIfItFails);
    }

    private void suspendIfItFails(TemplateVersion version) {
        TemplateUses.TrackRecord found = uses.of(version);
        if (found.breaks(version.content().suspension())) {
            suspend(
                    version,
                    "Of its last " + found.uses() + " changes failed " + String.join(", ", found.failures()) + ".",
                    Map.of("failed", found.failures(), "uses", found.uses()));
        }
    }

    /**
     * Takes a template out of use at once.
     *
     * @throws ProblemException conflict if it is not in use
     */
    public void suspend(String key, String reason) {
        TemplateVersion version = inForce(key);
        version.requireState(TemplateVersion.State.ACTIVE);
        suspend(version, reason, Map.of());
    }

    private void suspend(TemplateVersion version, String because, Map<String, ?> facts) {
        TemplateVersion suspended = versions.save(
                "change.TemplateSuspended", version, version.ended(TemplateVersion.State.SUSPENDED, because), facts);
        templates.putInForce(suspended, false);
        process.suspended(suspended);
    }

    /** Takes a template out of use for good. */
    public void retire(String key, String reason) {
        TemplateVersion version = inForce(key);
        version.requireState(TemplateVersion.State.ACTIVE, TemplateVersion.State.SUSPENDED);
        process.ended(retire(version, reason));
    }

    private TemplateVersion retire(TemplateVersion version, String reason) {
        TemplateVersion retired = versions.save(
                "change.TemplateRetired", version, version.ended(TemplateVersion.State.RETIRED, reason), Map.of());
        templates.putInForce(retired, false);
        return retired;
    }

    /**
     * Records what becomes of a suspended version.
     *
     * @throws ProblemException conflict if it is not suspended
     */
    public void decide(String number, Person person, Decision decision, String reason) {
        TemplateVersion suspended = versions.lock(number);
        suspended.requireState(TemplateVersion.State.SUSPENDED);
        switch (decision) {
            case REINSTATE -> versions.save(
                    "change.TemplateReinstatementAsked",
                    suspended,
                    suspended.submitted(plans.fingerprint(number), person.id(), versions.now()),
                    Map.of());
            case REVISE -> revise(suspended, person);
            case RETIRE -> retire(suspended, reason);
        }
    }

    private void revise(TemplateVersion suspended, Person person) {
        versions.record("change.TemplateRevisionBegun", suspended, Map.of());
        List<TemplateVersion> all = rows.lock(suspended.template());
        TemplateVersion newest = all.get(all.size() - 1);
        if (newest.state() != TemplateVersion.State.IN_REVIEW) {
            TemplateVersion draft = drafts.open(suspended.template(), all, suspended.content(), person.id());
            versions.save("change.TemplateDrafted", draft, draft.written(draft.content(), person.id()), Map.of());
        }
    }

    /** The number of the version whose owner is asked what becomes of it. */
    public String suspendedVersion(String key) {
        TemplateVersion version = inForce(key);
        version.requireState(TemplateVersion.State.SUSPENDED);
        return version.number();
    }

    private TemplateVersion inForce(String key) {
        templates.get(key);
        adoption.adopt(key);
        return standing(rows.lock(key))
                .orElseThrow(() -> ProblemException.conflict(
                        "template-state", "Not possible in this state", "No version of " + key + " was ever let in."));
    }

    static Optional<TemplateVersion> standing(List<TemplateVersion> all) {
        return all.stream().filter(TemplateVersion::stands).reduce((earlier, later) -> later);
    }
}
