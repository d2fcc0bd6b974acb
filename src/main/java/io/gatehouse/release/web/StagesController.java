package io.gatehouse.release.web;

import io.gatehouse.engine.Tasks;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.Releases;
import io.gatehouse.release.StageRun;
import io.gatehouse.release.Stages;
import io.gatehouse.release.Stages.SignOff;
import io.gatehouse.release.TestRun;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The stages of a release before production, and what happened in them. */
@RestController
@RequestMapping("/api/v1/releases/{number}")
@Transactional
class StagesController {

    private static final int MOST_CASES = 10_000_000;

    record ResultInput(
            @NotNull @Min(0) @Max(MOST_CASES) Integer passed,
            @NotNull @Min(0) @Max(MOST_CASES) Integer failed,
            @Min(0) @Max(MOST_CASES) @Nullable Integer skipped,
            @Size(max = 1000)
                    @Pattern(regexp = "https?://\\S+", message = "must be an address of http or https")
                    @Nullable
                    String link,
            @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits") @Nullable
                    String reportSha256,
            @Size(max = 2000) @Nullable String note) {

        private Map<String, Object> answers() {
            Map<String, Object> answers = new HashMap<>();
            answers.put("passed", String.valueOf(passed));
            answers.put("failed", String.valueOf(failed));
            answers.put("skipped", skipped == null ? "0" : String.valueOf(skipped));
            put(answers, "link", link);
            put(answers, "reportSha256", reportSha256);
            put(answers, "note", note);
            return answers;
        }
    }

    record SignOffInput(
            @NotNull SignOff decision, @Nullable Boolean criteriaMet, @Size(max = 1000) @Nullable String note) {

        private Map<String, Object> answers() {
            Map<String, Object> answers = new HashMap<>(Map.of("decision", decision.name()));
            answers.put("criteriaMet", Boolean.TRUE.equals(criteriaMet));
            put(answers, "note", note);
            return answers;
        }
    }

    record StageRepresentation(ReleaseStage stage, boolean passed, List<RunRepresentation> runs) {}

    record RunRepresentation(
            String tested,
            Instant openedAt,
            @Nullable String waitsFor,
            @Nullable Instant enteredAt,
            @Nullable String heldEnvironment,
            @Nullable String change,
            @Nullable Instant deployedAt,
            StageRun.@Nullable Outcome outcome,
            @Nullable String reason,
            @Nullable String signedOffBy,
            @Nullable Instant endedAt,
            List<TestRepresentation> tests) {

        private static RunRepresentation of(StageRun run) {
            return new RunRepresentation(
                    run.tested(),
                    run.openedAt(),
                    run.waitsFor(),
                    run.enteredAt(),
                    run.heldEnvironment(),
                    run.change(),
                    run.deployedAt(),
                    run.outcome(),
                    run.reason(),
                    run.signedOffBy(),
                    run.endedAt(),
                    run.tests().stream().map(TestRepresentation::of).toList());
        }
    }

    record TestRepresentation(
            String number,
            String name,
            String askedGroup,
            int requiredPercent,
            Instant askedAt,
            boolean reached,
            @Nullable Integer passed,
            @Nullable Integer failed,
            @Nullable Integer skipped,
            @Nullable String link,
            @Nullable String reportSha256,
            @Nullable String note,
            @Nullable String recordedBy,
            @Nullable Instant recordedAt) {

        private static TestRepresentation of(TestRun test) {
            var result = test.result();
            return new TestRepresentation(
                    test.number(),
                    test.name(),
                    test.askedGroup(),
                    test.requiredPercent(),
                    test.askedAt(),
                    test.isPassed(),
                    result == null ? null : result.passed(),
                    result == null ? null : result.failed(),
                    result == null ? null : result.skipped(),
                    result == null ? null : result.link(),
                    result == null ? null : result.reportSha256(),
                    result == null ? null : result.note(),
                    test.recordedBy(),
                    test.recordedAt());
        }
    }

    private final Releases releases;
    private final Stages stages;
    private final Tasks tasks;

    StagesController(Releases releases, Stages stages, Tasks tasks) {
        this.releases = releases;
        this.stages = stages;
        this.tasks = tasks;
    }

    @GetMapping("/stages")
    List<StageRepresentation> list(@PathVariable String number) {
        Release release = releases.find(number);
        List<StageRun> runs = stages.runs(number);
        return release.content().stages().stream()
                .map(stage -> new StageRepresentation(
                        stage,
                        Stages.hasPassed(release, stage, runs),
                        runs.stream()
                                .filter(run -> run.stage().equals(stage.name()))
                                .map(RunRepresentation::of)
                                .toList()))
                .toList();
    }

    /** The task "Record test result" through the API. */
    @PostMapping("/tests/{test}/results")
    List<StageRepresentation> record(
            @PathVariable String number, @PathVariable String test, @RequestBody @Valid ResultInput input) {
        stages.requireTestOf(number, test);
        tasks.submit(test, ReleaseModel.RECORD_TEST_RESULT, null, input.answers());
        return list(number);
    }

    /** The task "Sign off stage" through the API. */
    @PostMapping("/sign-offs")
    List<StageRepresentation> signOff(@PathVariable String number, @RequestBody @Valid SignOffInput input) {
        releases.lock(number);
        tasks.submit(number, ReleaseModel.SIGN_OFF_STAGE, null, input.answers());
        return list(number);
    }

    private static void put(Map<String, Object> answers, String field, @Nullable String value) {
        if (value != null) {
            answers.put(field, value);
        }
    }
}
