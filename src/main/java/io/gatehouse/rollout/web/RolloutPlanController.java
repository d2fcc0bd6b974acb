package io.gatehouse.rollout.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
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

/** How a change is put into production; written by its requester while the change is NEW. */
@RestController
@RequestMapping("/api/v1/changes/{number}/rollout-plan")
@Transactional
class RolloutPlanController {

    private final RolloutPlanning planning;
    private final CurrentPerson currentPerson;

    RolloutPlanController(RolloutPlanning planning, CurrentPerson currentPerson) {
        this.planning = planning;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    ResponseEntity<PlanRepresentation> show(@PathVariable String number) {
        return answer(ResponseEntity.ok(), planning.find(number));
    }

    @PutMapping
    ResponseEntity<PlanRepresentation> put(
            @PathVariable String number, @RequestBody @Valid PlanInput input, Precondition precondition) {
        Change change = planning.lockForPlanning(number);
        requireRequester(change);
        Optional<RolloutPlanning.Stored> before = planning.findIfPresent(number);
        before.ifPresentOrElse(stored -> precondition.check(stored.version()), precondition::checkAbsent);
        RolloutPlanning.Stored after = planning.write(change, input.toPlan());
        return answer(
                before.isPresent()
                        ? ResponseEntity.ok()
                        : ResponseEntity.created(URI.create("/api/v1/changes/" + number + "/rollout-plan")),
                after);
    }

    private void requireRequester(Change change) {
        if (!change.requester().equals(currentPerson.idOrSystem())) {
            throw ProblemException.forbidden(
                    "plan-not-yours",
                    "Plan refused",
                    "Only the requester of " + change.number() + " writes its rollout plan.");
        }
    }

    private static ResponseEntity<PlanRepresentation> answer(
            ResponseEntity.BodyBuilder answer, RolloutPlanning.Stored stored) {
        return answer.eTag(Long.toString(stored.version())).body(PlanRepresentation.of(stored.plan()));
    }
}
