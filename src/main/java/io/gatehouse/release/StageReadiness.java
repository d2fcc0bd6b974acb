package io.gatehouse.release;

import java.util.List;
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
                .orElseGet(() -> ReadinessItem.missing(
                        criterion,
                        "this package has not passed it; " + stage.signedOffBy() + " signs it off",
                        release.content().manager()));
    }

    private static String sentence(StageRun run) {
        return "this package passed it, signed off by " + run.signer()
                + run.newestTests().stream()
                        .map(StageReadiness::words)
                        .collect(Collectors.joining("; ", "; ", ""))
                        .replaceFirst("; $", "");
    }

    /** Nobody who is asked later was told by a tool, so it says which one and where to look. */
    private static String words(TestRun test) {
        return test.isRecordedByTool() ? test.evidence() : test.sentence();
    }
}
