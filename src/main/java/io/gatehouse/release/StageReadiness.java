package io.gatehouse.release;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Whether the package has passed each stage before production, with what results. */
@Component
@Order(2)
class StageReadiness implements ReadinessCheck {

    private final StageRows rows;

    StageReadiness(StageRows rows) {
        this.rows = rows;
    }

    @Override
    public List<ReadinessItem> of(Release release) {
        List<ReleaseStage> stages = release.content().stages();
        if (stages.isEmpty()) {
            return List.of();
        }
        List<StageRun> runs = rows.of(release.stored());
        return stages.stream().map(stage -> item(release, stage, runs)).toList();
    }

    private static ReadinessItem item(Release release, ReleaseStage stage, List<StageRun> runs) {
        String criterion = "stage-" + stage.name();
        return Stages.passed(release, stage, runs)
                .map(run -> ReadinessItem.met(criterion, sentence(run)))
                .orElseGet(() -> current(stage, runs)
                        .flatMap(run -> awaited(criterion, stage, run))
                        .orElseGet(() -> ReadinessItem.missing(
                                criterion,
                                "this package has not passed it" + altered(release, stage, runs) + "; "
                                        + String.join(", ", stage.seats())
                                        + (stage.seats().size() == 1 ? " signs it off" : " sign it off"),
                                release.content().manager())));
    }

    private static Optional<StageRun> current(ReleaseStage stage, List<StageRun> runs) {
        return runs.stream()
                .filter(run -> run.isOpen() && run.stage().equals(stage.name()))
                .findFirst();
    }

    /** Who has signed it off and who has not, since when; empty while nobody is asked. */
    private static Optional<ReadinessItem> awaited(String criterion, ReleaseStage stage, StageRun run) {
        return run.signOffAskedAt().map(since -> {
            String missing = String.join(", ", run.missing(stage));
            String signed = signers(run);
            return ReadinessItem.missing(
                            criterion,
                            "this package has not passed it; "
                                    + (signed.isEmpty() ? "" : "signed off by " + signed + ", ")
                                    + "not by " + missing + ", asked at " + since.truncatedTo(ChronoUnit.SECONDS),
                            missing)
                    .missingSince(since);
        });
    }

    private static String altered(Release release, ReleaseStage stage, List<StageRun> runs) {
        return runs.stream()
                .filter(run -> run.stage().equals(stage.name())
                        && run.outcome() == StageRun.Outcome.PASSED
                        && run.planAltered()
                        && run.tested().equals(Stages.tested(release, stage)))
                .reduce((one, later) -> later)
                .map(run -> " as it is deployed now: the rollout plan " + run.rolloutPlan() + " was altered")
                .orElse("");
    }

    private static String sentence(StageRun run) {
        return "this package passed it, signed off by "
                + (run.standing().size() > 1 ? signers(run) : run.signer())
                + run.newestTests().stream()
                        .map(StageReadiness::words)
                        .collect(Collectors.joining("; ", "; ", ""))
                        .replaceFirst("; $", "");
    }

    /** Nobody who is asked later was told by a tool, so it says which one and where to look. */
    private static String words(TestRun test) {
        return test.isRecordedByTool() ? test.evidence() : test.sentence();
    }

    private static String signers(StageRun run) {
        return run.standing().stream().map(StageSignOff::sentence).collect(Collectors.joining(", "));
    }
}
