package io.gatehouse.release.web;

import io.gatehouse.engine.Tasks;
import io.gatehouse.release.Carrier;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.Releases;
import io.gatehouse.release.StageRehearsal;
import io.gatehouse.release.StageRun;
import io.gatehouse.release.StageSignOff;
import io.gatehouse.release.StageSignOffs.SignOff;
import io.gatehouse.release.Stages;
import io.gatehouse.release.TestRun;
import io.gatehouse.release.TestedPackages;
import io.gatehouse.rollout.ProvenRollback;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    record SignOffInput(
            @Size(max = 64) @Nullable String seat,
            @NotNull SignOff decision,
            @Nullable Boolean criteriaMet,
            @Size(max = 1000) @Nullable String note) {

        private Map<String, Object> answers() {
            Map<String, Object> answers = new HashMap<>(Map.of("decision", decision.name()));
            answers.put("criteriaMet", Boolean.TRUE.equals(criteriaMet));
            if (note != null) {
                answers.put("note", note);
            }
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
            @Nullable RehearsalRepresentation rehearsal,
            @Nullable String change,
            @Nullable Carrier carrier,
            @Nullable Instant deployedAt,
            StageRun.@Nullable Outcome outcome,
            @Nullable String reason,
            @Nullable String signedOffBy,
            @Nullable String signedOffInPlaceOf,
            @Nullable Instant endedAt,
            List<TestRepresentation> tests,
            List<SignOffRepresentation> signOffs,
            List<String> missing,
            @Nullable Instant missingSince,
            @Nullable String rolloutPlan,
            @Nullable String rolloutPlanSha256,
            @Nullable Boolean rolloutPlanAltered) {

        private static RunRepresentation of(ReleaseStage stage, StageRun run) {
            Optional<Instant> asked = run.signOffAskedAt();
            return new RunRepresentation(
                    run.tested(),
                    run.openedAt(),
                    run.waitsFor(),
                    run.enteredAt(),
                    run.heldEnvironment(),
                    run.rehearsal() == null ? null : RehearsalRepresentation.of(run.rehearsal()),
                    run.change(),
                    run.carrier(),
                    run.deployedAt(),
                    run.outcome(),
                    run.reason(),
                    run.signedOffBy(),
                    run.signedOffInPlaceOf(),
                    run.endedAt(),
                    run.tests().stream().map(TestRepresentation::of).toList(),
                    run.signOffs().stream().map(SignOffRepresentation::of).toList(),
                    asked.isPresent() ? run.missing(stage) : List.of(),
                    asked.orElse(null),
                    run.rolloutPlan(),
                    run.planSha256(),
                    run.rolloutPlan() == null ? null : run.planAltered());
        }
    }

    record SignOffRepresentation(
            int round,
            String seat,
            String person,
            @Nullable String inPlaceOf,
            SignOff decision,
            @Nullable String note,
            Instant signedAt) {

        private static SignOffRepresentation of(StageSignOff signOff) {
            return new SignOffRepresentation(
                    signOff.round(),
                    signOff.seat(),
                    signOff.person(),
                    signOff.inPlaceOf(),
                    signOff.said(),
                    signOff.note(),
                    signOff.signedAt());
        }
    }

    record RehearsalRepresentation(
            String change,
            @Nullable String rollout,
            @Nullable Instant endedAt,
            @Nullable Integer stepsUndone,
            @Nullable Duration took) {

        private static RehearsalRepresentation of(StageRehearsal rehearsal) {
            ProvenRollback proof = rehearsal.proof();
            return proof == null
                    ? new RehearsalRepresentation(rehearsal.change(), null, null, null, null)
                    : new RehearsalRepresentation(
                            rehearsal.change(), proof.rollout(), proof.endedAt(), proof.steps(), proof.took());
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
    private final TestedPackages tested;
    private final Tasks tasks;

    StagesController(Releases releases, Stages stages, TestedPackages tested, Tasks tasks) {
        this.releases = releases;
        this.stages = stages;
        this.tested = tested;
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
                                .map(run -> RunRepresentation.of(stage, run))
                                .toList()))
                .toList();
    }

    /** The task "Record test result" through the API. */
    @PostMapping("/tests/{test}/results")
    List<StageRepresentation> record(
            @PathVariable String number, @PathVariable String test, @RequestBody @Valid TestResultInput input) {
        stages.requireTestOf(number, test);
        tasks.submit(test, ReleaseModel.RECORD_TEST_RESULT, null, input.answers());
        return list(number);
    }

    /** The same task for whoever knows the test by its stage and name, and says what was tested: a pipeline. */
    @PostMapping("/stages/{stage}/tests/{test}/results")
    TestRepresentation record(
            @PathVariable String number,
            @PathVariable String stage,
            @PathVariable String test,
            @RequestBody @Valid TestedInput input) {
        String waiting = tested.testWaitingFor(number, stage, test, input.artifacts());
        tasks.submit(
                waiting, ReleaseModel.RECORD_TEST_RESULT, null, input.toResult().answers());
        return TestRepresentation.of(stages.test(waiting));
    }

    /** The task "Sign off stage" through the API. */
    @PostMapping("/sign-offs")
    List<StageRepresentation> signOff(@PathVariable String number, @RequestBody @Valid SignOffInput input) {
        releases.lock(number);
        tasks.submit(number, ReleaseModel.SIGN_OFF_STAGE, input.seat(), input.answers());
        return list(number);
    }
}
