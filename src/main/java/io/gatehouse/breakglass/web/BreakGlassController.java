package io.gatehouse.breakglass.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.breakglass.BreakGlass;
import io.gatehouse.breakglass.BreakGlassModel;
import io.gatehouse.breakglass.BreakGlassUses;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.calendar.FreezeExemption;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.Tasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Asks for overrides, shows, decides, uses, ends and reviews them. */
@RestController
@RequestMapping("/api/v1/break-glass")
class BreakGlassController {

    enum GrantDecision {
        GRANT,
        REFUSE
    }

    record GrantInput(@NotNull GrantDecision decision, @NotBlank @Size(max = 1000) String reason) {}

    record UseInput(@NotNull Repair.Kind kind) {}

    record OverrideEnd(@NotBlank @Size(max = 1000) String reason) {}

    record OverrideReview(@NotNull BreakGlass.Outcome outcome, @NotBlank @Size(max = 2000) String toMend) {}

    private final BreakGlasses breakGlasses;
    private final BreakGlassUses uses;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;

    BreakGlassController(BreakGlasses breakGlasses, BreakGlassUses uses, Tasks tasks, CurrentPerson currentPerson) {
        this.currentPerson = currentPerson;
        this.breakGlasses = breakGlasses;
        this.uses = uses;
        this.tasks = tasks;
    }

    @PostMapping
    ResponseEntity<BreakGlassRepresentation> ask(@RequestBody @Valid BreakGlassInput input) {
        BreakGlass asked =
                breakGlasses.ask(input.target(), input.repairs(), input.reason(), input.incident(), input.expiresAt());
        return ResponseEntity.created(URI.create("/api/v1/break-glass/" + asked.number()))
                .eTag(Long.toString(asked.version()))
                .body(BreakGlassRepresentation.of(asked, null));
    }

    @GetMapping
    Page<BreakGlassRepresentation> list(
            PageQuery page, @RequestParam(required = false) BreakGlass.@Nullable State state) {
        Page<BreakGlass> found = breakGlasses.list(state, page);
        Map<String, FreezeExemption> overrides = breakGlasses.overridesOf(found.items());
        return found.map(one -> BreakGlassRepresentation.of(one, overrides.get(one.number())));
    }

    /** Whoever may grant it looks at what they decide about; that is on record. */
    @GetMapping("/{number}")
    ResponseEntity<BreakGlassRepresentation> show(@PathVariable String number) {
        BreakGlass shown = breakGlasses.find(number);
        currentPerson.find().ifPresent(person -> breakGlasses.viewed(shown, person));
        return answer(shown);
    }

    /** The task "Grant break-glass" through the API. */
    @PostMapping("/{number}/decision")
    ResponseEntity<BreakGlassRepresentation> decide(@PathVariable String number, @RequestBody @Valid GrantInput input) {
        breakGlasses.find(number);
        tasks.submit(
                number,
                BreakGlassModel.GRANT,
                null,
                Map.of("decision", input.decision().name(), "reason", input.reason()));
        return answer(breakGlasses.find(number));
    }

    @PostMapping("/{number}/actions")
    ResponseEntity<BreakGlassRepresentation> use(@PathVariable String number, @RequestBody @Valid UseInput input) {
        return answer(uses.use(number, input.kind()));
    }

    @PostMapping("/{number}/end")
    ResponseEntity<BreakGlassRepresentation> end(@PathVariable String number) {
        return answer(breakGlasses.end(number));
    }

    /** Has the freeze hold again that was overridden. */
    @PostMapping("/{number}/override-end")
    ResponseEntity<BreakGlassRepresentation> endOverride(
            @PathVariable String number, @RequestBody @Valid OverrideEnd input) {
        return answer(breakGlasses.endOverride(number, input.reason()));
    }

    /** The task "Review break-glass" through the API. */
    @PostMapping("/{number}/review")
    ResponseEntity<BreakGlassRepresentation> review(
            @PathVariable String number, @RequestBody @Valid OverrideReview input) {
        breakGlasses.find(number);
        tasks.submit(
                number,
                BreakGlassModel.REVIEW,
                null,
                Map.of("outcome", input.outcome().name(), "toMend", input.toMend()));
        return answer(breakGlasses.find(number));
    }

    private ResponseEntity<BreakGlassRepresentation> answer(BreakGlass shown) {
        FreezeExemption override = breakGlasses.overridesOf(List.of(shown)).get(shown.number());
        return ResponseEntity.ok()
                .eTag(Long.toString(shown.version()))
                .body(BreakGlassRepresentation.of(shown, override));
    }
}
