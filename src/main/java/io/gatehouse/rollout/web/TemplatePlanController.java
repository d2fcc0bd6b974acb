package io.gatehouse.rollout.web;

import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.TemplateDrafts;
import io.gatehouse.change.TemplateVersion;
import io.gatehouse.change.TemplateVersions;
import io.gatehouse.rollout.RolloutPlanning;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * How the standard changes from a template are put into production. The plan belongs to the version that is proposed
 * next and is reviewed along with it; those in force stay as they were let in.
 */
@RestController
@RequestMapping("/api/v1/change-templates/{key}/rollout-plan")
@Transactional
class TemplatePlanController {

    private final RolloutPlanning planning;
    private final ChangeTemplates templates;
    private final TemplateVersions versions;
    private final TemplateDrafts drafts;

    TemplatePlanController(
            RolloutPlanning planning, ChangeTemplates templates, TemplateVersions versions, TemplateDrafts drafts) {
        this.planning = planning;
        this.templates = templates;
        this.versions = versions;
        this.drafts = drafts;
    }

    @GetMapping
    ResponseEntity<PlanRepresentation> show(@PathVariable String key) {
        templates.get(key);
        return ofNewest(key)
                .map(plan -> PlanRepresentation.answer(ResponseEntity.ok(), plan))
                .orElseThrow(() -> ProblemException.notFound(
                        "plan-not-found", "No rollout plan", "The template " + key + " has no rollout plan; PUT one."));
    }

    @PutMapping
    ResponseEntity<PlanRepresentation> put(
            @PathVariable String key, @RequestBody @Valid PlanInput input, Precondition precondition) {
        templates.get(key);
        Optional<RolloutPlanning.Stored> before = ofNewest(key);
        before.ifPresentOrElse(stored -> precondition.check(stored.version()), precondition::checkAbsent);
        RolloutPlanning.Stored after =
                planning.writeForVersion(drafts.openForPlan(key).number(), input.toPlan());
        return PlanRepresentation.answer(
                before.isPresent()
                        ? ResponseEntity.ok()
                        : ResponseEntity.created(URI.create("/api/v1/change-templates/" + key + "/rollout-plan")),
                after);
    }

    /** Of the newest version, which a draft begins as a copy of. */
    private Optional<RolloutPlanning.Stored> ofNewest(String key) {
        return versions.of(key).stream()
                .findFirst()
                .map(TemplateVersion::number)
                .map(planning::findIfPresent)
                .orElseGet(() -> planning.findForTemplate(key));
    }
}
