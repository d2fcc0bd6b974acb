package io.gatehouse.rollout.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeOwnership;
import io.gatehouse.rollout.RolloutPlanning;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How a change is put into production; written by its requester while the change is NEW. */
@RestController
@RequestMapping("/api/v1/changes/{number}/rollout-plan")
@Transactional
class RolloutPlanController {

    /** Where a plan is taken over from. */
    record Source(@NotBlank @Size(max = 64) String service) {}

    private static final String PUT = "PUT /api/v1/changes/{number}/rollout-plan";
    private static final String POST = "POST /api/v1/changes/{number}/rollout-plan";

    private final RolloutPlanning planning;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    RolloutPlanController(
            RolloutPlanning planning, ChangeOwnership ownership, Permissions permissions, CurrentPerson currentPerson) {
        this.planning = planning;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    @GetMapping
    ResponseEntity<PlanRepresentation> show(@PathVariable String number) {
        return PlanRepresentation.answer(ResponseEntity.ok(), planning.find(number));
    }

    @PostMapping
    ResponseEntity<PlanRepresentation> takeOver(@PathVariable String number, @RequestBody @Valid Source input) {
        Change change = planning.lockForPlanning(number);
        permissions.require(POST, currentPerson.find().orElse(null), () -> ownership.of(change));
        return PlanRepresentation.answer(created(number), planning.takeOver(change, input.service()));
    }

    @PutMapping
    ResponseEntity<PlanRepresentation> put(
            @PathVariable String number, @RequestBody @Valid PlanInput input, Precondition precondition) {
        Change change = planning.lockForPlanning(number);
        permissions.require(PUT, currentPerson.find().orElse(null), () -> ownership.of(change));
        Optional<RolloutPlanning.Stored> before = planning.findIfPresent(number);
        before.ifPresentOrElse(stored -> precondition.check(stored.version()), precondition::checkAbsent);
        RolloutPlanning.Stored after = planning.write(change, input.toPlan());
        return PlanRepresentation.answer(before.isPresent() ? ResponseEntity.ok() : created(number), after);
    }

    private static ResponseEntity.BodyBuilder created(String number) {
        return ResponseEntity.created(URI.create("/api/v1/changes/" + number + "/rollout-plan"));
    }
}
