package io.gatehouse.rollout.web;

import io.gatehouse.rollout.PlanDrafts;
import jakarta.validation.Valid;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plans made by a strategy, to be looked at, altered and then put as the plan of a change. Nothing is stored. */
@RestController
@RequestMapping("/api/v1/rollout-plan-drafts")
class PlanDraftsController {

    private final PlanDrafts drafts;

    PlanDraftsController(PlanDrafts drafts) {
        this.drafts = drafts;
    }

    @PostMapping
    PlanRepresentation draft(@RequestBody @Valid DraftInput input) {
        Duration soak = PlanInput.durationIfPresent("soak", input.soak());
        return PlanRepresentation.of(drafts.draft(
                input.toStrategy(),
                Objects.requireNonNullElse(input.checklist(), List.of()),
                Objects.requireNonNullElse(soak, Duration.ZERO)));
    }
}
