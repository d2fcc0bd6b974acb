package io.gatehouse.rollout.web;

import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.Services;
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

/** How a service is put into production as a rule; changes take it over, none has to. */
@RestController
@RequestMapping("/api/v1/services/{key}/rollout-plan")
@Transactional
class ServicePlanController {

    private final RolloutPlanning planning;
    private final Services services;

    ServicePlanController(RolloutPlanning planning, Services services) {
        this.planning = planning;
        this.services = services;
    }

    @GetMapping
    ResponseEntity<PlanRepresentation> show(@PathVariable String key) {
        services.get(key);
        return planning.findForService(key)
                .map(plan -> PlanRepresentation.answer(ResponseEntity.ok(), plan))
                .orElseThrow(() -> ProblemException.notFound(
                        "plan-not-found", "No rollout plan", "The service " + key + " has no rollout plan; PUT one."));
    }

    @PutMapping
    ResponseEntity<PlanRepresentation> put(
            @PathVariable String key, @RequestBody @Valid PlanInput input, Precondition precondition) {
        services.get(key);
        Optional<RolloutPlanning.Stored> before = planning.findForService(key);
        before.ifPresentOrElse(stored -> precondition.check(stored.version()), precondition::checkAbsent);
        RolloutPlanning.Stored after = planning.writeForService(key, input.toPlan());
        return PlanRepresentation.answer(
                before.isPresent()
                        ? ResponseEntity.ok()
                        : ResponseEntity.created(URI.create("/api/v1/services/" + key + "/rollout-plan")),
                after);
    }
}
