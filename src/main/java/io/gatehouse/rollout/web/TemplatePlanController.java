package io.gatehouse.rollout.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.ChangeTemplates;
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

/** How every standard change from a template is put into production; written by change managers only. */
@RestController
@RequestMapping("/api/v1/change-templates/{key}/rollout-plan")
@Transactional
class TemplatePlanController {

    private static final String PUT = "PUT /api/v1/change-templates/{key}/rollout-plan";

    private final RolloutPlanning planning;
    private final ChangeTemplates templates;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    TemplatePlanController(
            RolloutPlanning planning, ChangeTemplates templates, Permissions permissions, CurrentPerson currentPerson) {
        this.planning = planning;
        this.templates = templates;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    ResponseEntity<PlanRepresentation> show(@PathVariable String key) {
        templates.get(key);
        return planning.findForTemplate(key)
                .map(plan -> PlanRepresentation.answer(ResponseEntity.ok(), plan))
                .orElseThrow(() -> ProblemException.notFound(
                        "plan-not-found", "No rollout plan", "The template " + key + " has no rollout plan; PUT one."));
    }

    @PutMapping
    ResponseEntity<PlanRepresentation> put(
            @PathVariable String key, @RequestBody @Valid PlanInput input, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        templates.get(key);
        Optional<RolloutPlanning.Stored> before = planning.findForTemplate(key);
        before.ifPresentOrElse(stored -> precondition.check(stored.version()), precondition::checkAbsent);
        RolloutPlanning.Stored after = planning.writeForTemplate(key, input.toPlan());
        return PlanRepresentation.answer(
                before.isPresent()
                        ? ResponseEntity.ok()
                        : ResponseEntity.created(URI.create("/api/v1/change-templates/" + key + "/rollout-plan")),
                after);
    }
}
