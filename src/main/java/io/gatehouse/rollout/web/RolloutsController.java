package io.gatehouse.rollout.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.rollout.Pauses;
import io.gatehouse.rollout.ResolutionAction;
import io.gatehouse.rollout.Resolutions;
import io.gatehouse.rollout.Rollbacks;
import io.gatehouse.rollout.Rollout;
import io.gatehouse.rollout.RolloutState;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.StepLog;
import io.gatehouse.rollout.connector.CommandKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** How far rollouts are, and what people may do to them. */
@RestController
@RequestMapping("/api/v1/rollouts")
class RolloutsController {

    record Reason(@NotBlank @Size(max = 900) String reason) {}

    record Resolution(@NotNull ResolutionAction action, @NotBlank @Size(max = 900) String reason) {}

    record LogRepresentation(CommandKind kind, int attempt, Instant at, String output) {

        static LogRepresentation of(StepLog log) {
            return new LogRepresentation(log.kind(), log.attempt(), log.at(), log.output());
        }
    }

    private final Rollouts rollouts;
    private final Rollbacks rollbacks;
    private final Pauses pauses;
    private final Resolutions resolutions;

    RolloutsController(Rollouts rollouts, Rollbacks rollbacks, Pauses pauses, Resolutions resolutions) {
        this.rollouts = rollouts;
        this.rollbacks = rollbacks;
        this.pauses = pauses;
        this.resolutions = resolutions;
    }

    @GetMapping
    Page<RolloutRepresentation> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String change,
            @RequestParam(required = false) @Nullable RolloutState state) {
        return rollouts.list(page, change, state).map(this::represent);
    }

    @GetMapping("/{number}")
    RolloutRepresentation show(@PathVariable String number) {
        return represent(rollouts.find(number));
    }

    @GetMapping("/{number}/steps")
    Page<StepRepresentation> steps(@PathVariable String number) {
        return represent(rollouts.steps(number), number);
    }

    @GetMapping("/{number}/steps/{seq}/log")
    Page<LogRepresentation> log(@PathVariable String number, @PathVariable int seq, PageQuery page) {
        return rollouts.log(number, seq, page).map(LogRepresentation::of);
    }

    @GetMapping("/{number}/rollback-preview")
    Page<StepRepresentation> rollbackPreview(@PathVariable String number) {
        return represent(rollouts.rollbackPreview(number), number);
    }

    /** Answers before everything is undone; the rollout tells how far it is. */
    @PostMapping("/{number}/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RolloutRepresentation rollBack(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represent(rollbacks.request(number, input.reason()));
    }

    /** A step that is running finishes first. */
    @PostMapping("/{number}/pause")
    RolloutRepresentation pause(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represent(pauses.pause(number, input.reason()));
    }

    @PostMapping("/{number}/resume")
    RolloutRepresentation resume(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represent(pauses.resume(number, input.reason()));
    }

    @PostMapping("/{number}/steps/{seq}/resolution")
    StepRepresentation resolve(
            @PathVariable String number, @PathVariable int seq, @RequestBody @Valid Resolution input) {
        Step step = resolutions.resolve(number, seq, input.action(), input.reason());
        return StepRepresentation.of(step, rollouts.links(number).get(seq));
    }

    private Page<StepRepresentation> represent(List<Step> steps, String number) {
        Map<Integer, String> links = rollouts.links(number);
        return new Page<>(steps, null).map(step -> StepRepresentation.of(step, links.get(step.seq())));
    }

    private RolloutRepresentation represent(Rollout rollout) {
        return RolloutRepresentation.of(rollout, rollouts.progress(rollout), rollouts.waitsFor(rollout));
    }
}
