package io.gatehouse.release.web;

import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseFilter;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.ReleaseSeries;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.ReleaseTemplate;
import io.gatehouse.release.ReleaseTemplates;
import io.gatehouse.release.Releases;
import io.gatehouse.release.Withdrawals;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans, shows and moves releases. */
@RestController
@RequestMapping("/api/v1/releases")
@Transactional
class ReleasesController {

    record RetirementInput(@NotBlank @Size(max = 1000) String reason) {}

    record WithdrawalInput(@NotBlank @Size(max = 900) String reason) {}

    record ConfirmationInput(@Size(max = 64) @Nullable String fromStage) {}

    private final Releases releases;
    private final ReleaseTemplates templates;
    private final ReleaseSeries series;
    private final Withdrawals withdrawals;
    private final Tasks tasks;

    ReleasesController(
            Releases releases, ReleaseTemplates templates, ReleaseSeries series, Withdrawals withdrawals, Tasks tasks) {
        this.releases = releases;
        this.templates = templates;
        this.series = series;
        this.withdrawals = withdrawals;
        this.tasks = tasks;
    }

    @PostMapping
    ResponseEntity<ReleaseRepresentation> plan(@RequestBody @Valid ReleaseInput input) {
        ReleaseTemplate template = input.template() == null ? null : templates.toPlanBy(input.template());
        Release planned = releases.plan(input.toContent(template));
        if (template != null) {
            templates.give(planned, template);
        }
        return answer(ResponseEntity.created(URI.create("/api/v1/releases/" + planned.number())), planned);
    }

    @GetMapping
    Page<ReleaseRepresentation> list(
            PageQuery page,
            @RequestParam(required = false) @Nullable ReleaseState state,
            @RequestParam(required = false) @Nullable String manager,
            @RequestParam(required = false) @Nullable String service,
            @RequestParam(required = false) @Nullable String train,
            @RequestParam(name = "series", required = false) @Nullable String wanted) {
        Page<Release> found = releases.list(new ReleaseFilter(state, manager, service, train, wanted), page);
        Map<String, String> known = series.of(found.items());
        return found.map(release -> ReleaseRepresentation.of(release, known.get(release.number())));
    }

    @GetMapping("/{number}")
    ResponseEntity<ReleaseRepresentation> show(@PathVariable String number) {
        return answer(ResponseEntity.ok(), releases.find(number));
    }

    @PutMapping("/{number}")
    ResponseEntity<ReleaseRepresentation> rewrite(
            @PathVariable String number, @RequestBody @Valid ReleaseInput input, Precondition precondition) {
        ReleaseTemplate template =
                input.template() == null ? null : templates.toRewriteBy(input.template(), releases.find(number));
        return answer(ResponseEntity.ok(), releases.rewrite(number, input.toContent(template), precondition));
    }

    @PostMapping("/{number}/start")
    ResponseEntity<ReleaseRepresentation> start(@PathVariable String number) {
        return answer(ResponseEntity.ok(), releases.start(number));
    }

    /** The task "Confirm package" through the API. */
    @PostMapping("/{number}/package-confirmations")
    ResponseEntity<ReleaseRepresentation> confirm(
            @PathVariable String number, @RequestBody(required = false) @Valid @Nullable ConfirmationInput input) {
        return submit(
                number,
                input == null || input.fromStage() == null
                        ? Map.of("action", "CONFIRM")
                        : Map.of("action", "CONFIRM", "fromStage", input.fromStage()));
    }

    /** The same task, or what comes before it. */
    @PostMapping("/{number}/retirement")
    ResponseEntity<ReleaseRepresentation> retire(
            @PathVariable String number, @RequestBody @Valid RetirementInput input) {
        return releases.lock(number).state() == ReleaseState.PREPARING
                ? submit(number, Map.of("action", "RETIRE", "reason", input.reason()))
                : answer(ResponseEntity.ok(), releases.retirePlanned(number, input.reason()));
    }

    /** While it waits in front of a stage or of production. */
    @PostMapping("/{number}/withdrawal")
    ResponseEntity<ReleaseRepresentation> withdraw(
            @PathVariable String number, @RequestBody @Valid WithdrawalInput input) {
        return answer(ResponseEntity.ok(), withdrawals.withdraw(number, input.reason()));
    }

    private ResponseEntity<ReleaseRepresentation> submit(String number, Map<String, Object> answers) {
        releases.lock(number);
        tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, answers);
        return answer(ResponseEntity.ok(), releases.find(number));
    }

    private ResponseEntity<ReleaseRepresentation> answer(ResponseEntity.BodyBuilder answer, Release release) {
        return answer.eTag(Long.toString(release.version()))
                .body(ReleaseRepresentation.of(release, series.of(release).orElse(null)));
    }
}
