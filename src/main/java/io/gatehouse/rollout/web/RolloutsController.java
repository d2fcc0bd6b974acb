package io.gatehouse.rollout.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.rollout.Aborts;
import io.gatehouse.rollout.ManualSteps;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.Pauses;
import io.gatehouse.rollout.ResolutionAction;
import io.gatehouse.rollout.Resolutions;
import io.gatehouse.rollout.Rollbacks;
import io.gatehouse.rollout.RolloutState;
import io.gatehouse.rollout.Rollouts;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.StepLog;
import io.gatehouse.rollout.Stops;
import io.gatehouse.rollout.WorkResult;
import io.gatehouse.rollout.connector.CommandKind;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** How far rollouts are, and what people may do to them. */
@RestController
@RequestMapping("/api/v1/rollouts")
class RolloutsController {

    record Reason(@NotBlank @Size(max = 900) String reason) {}

    record Resolution(@NotNull ResolutionAction action, @NotBlank @Size(max = 900) String reason) {}

    /** What somebody says about work by hand; the items of the checklist by their place in it, from 1. */
    record ReportInput(
            @NotNull WorkResult result,
            @Size(max = ManualWork.MOST_ITEMS) @Nullable
                    List<@NotNull @Min(1) @Max(ManualWork.MOST_ITEMS) Integer> ticked,
            @Size(max = 900) @Nullable String note) {

        SortedSet<Integer> items() {
            return new TreeSet<>(Objects.requireNonNullElse(ticked, List.of()));
        }
    }

    record LogRepresentation(CommandKind kind, int attempt, Instant at, String output) {

        static LogRepresentation of(StepLog log) {
            return new LogRepresentation(log.kind(), log.attempt(), log.at(), log.output());
        }
    }

    private final Rollouts rollouts;
    private final Rollbacks rollbacks;
    private final Pauses pauses;
    private final Aborts aborts;
    private final Resolutions resolutions;
    private final ManualSteps manualSteps;
    private final Stops stops;
    private final RepresentedRollouts represented;
    private final RolloutEvents events;

    RolloutsController(
            Rollouts rollouts,
            Rollbacks rollbacks,
            Pauses pauses,
            Aborts aborts,
            Resolutions resolutions,
            ManualSteps manualSteps,
            Stops stops,
            RepresentedRollouts represented,
            RolloutEvents events) {
        this.rollouts = rollouts;
        this.rollbacks = rollbacks;
        this.pauses = pauses;
        this.aborts = aborts;
        this.resolutions = resolutions;
        this.manualSteps = manualSteps;
        this.stops = stops;
        this.represented = represented;
        this.events = events;
    }

    @GetMapping
    Page<RolloutRepresentation> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable String change,
            @RequestParam(required = false) @Nullable RolloutState state) {
        return rollouts.list(page, change, state).map(represented::of);
    }

    @GetMapping("/{number}")
    RolloutRepresentation show(@PathVariable String number) {
        return represented.of(rollouts.find(number));
    }

    @GetMapping("/{number}/steps")
    Page<StepRepresentation> steps(@PathVariable String number) {
        return represented.of(rollouts.steps(number), number);
    }

    @GetMapping("/{number}/steps/{seq}/log")
    Page<LogRepresentation> log(@PathVariable String number, @PathVariable int seq, PageQuery page) {
        return rollouts.log(number, seq, page).map(LogRepresentation::of);
    }

    /** Tells what happens, while it does. */
    @GetMapping(path = "/{number}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> follow(
            @PathVariable String number,
            @RequestHeader(name = "Last-Event-ID", defaultValue = "0") @PositiveOrZero long lastEventId) {
        // Proxies that gather answers before they pass them on would tell nothing for a minute.
        return ResponseEntity.ok().header("X-Accel-Buffering", "no").body(events.follow(number, lastEventId));
    }

    @GetMapping("/{number}/rollback-preview")
    Page<StepRepresentation> rollbackPreview(@PathVariable String number) {
        return represented.of(rollouts.rollbackPreview(number), number);
    }

    /** Answers before everything is undone; the rollout tells how far it is. */
    @PostMapping("/{number}/rollback")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RolloutRepresentation rollBack(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represented.of(rollbacks.request(number, input.reason()));
    }

    /** A step that is running finishes first. */
    @PostMapping("/{number}/pause")
    RolloutRepresentation pause(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represented.of(pauses.pause(number, input.reason()));
    }

    @PostMapping("/{number}/resume")
    RolloutRepresentation resume(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represented.of(pauses.resume(number, input.reason()));
    }

    /** A step that is running finishes first; nothing is undone. */
    @PostMapping("/{number}/abort")
    RolloutRepresentation abort(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represented.of(aborts.abort(number, input.reason()));
    }

    /** The API's door to keeping what ran in the task "Decide on abort"; undoing it is a rollback. */
    @PostMapping("/{number}/keep")
    @ResponseStatus(HttpStatus.ACCEPTED)
    RolloutRepresentation keep(@PathVariable String number, @RequestBody @Valid Reason input) {
        return represented.of(aborts.keep(number, input.reason()));
    }

    @PostMapping("/{number}/steps/{seq}/resolution")
    StepRepresentation resolve(
            @PathVariable String number, @PathVariable int seq, @RequestBody @Valid Resolution input) {
        return represented
                .of(List.of(resolutions.resolve(number, seq, input.action(), input.reason())), number)
                .items()
                .get(0);
    }

    /** The API's door to the task "Work by hand"; it is there too where a model has no such task. */
    @PostMapping("/{number}/steps/{seq}/reports")
    StepRepresentation report(
            @PathVariable String number, @PathVariable int seq, @RequestBody @Valid ReportInput input) {
        Step step = manualSteps.report(
                number, seq, input.result(), input.items(), Objects.requireNonNullElse(input.note(), ""));
        return represented.of(List.of(step), number).items().get(0);
    }

    /** Answers before the tool has been told; the step tells what becomes of it. */
    @PostMapping("/{number}/steps/{seq}/stop")
    @ResponseStatus(HttpStatus.ACCEPTED)
    StepRepresentation.Stop stop(@PathVariable String number, @PathVariable int seq, @RequestBody @Valid Reason input) {
        return StepRepresentation.Stop.of(stops.request(number, seq, input.reason()));
    }
}
