package io.gatehouse.release;

import io.gatehouse.catalog.Deployments;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a release goes through, with the times of its plan and those at which it was done, read from our tables. */
@Component
public class StageTimeline {

    /** What everything else waits for: its package is put together. */
    static final String PREPARATION = "preparation";

    private static final Set<ReleaseState> NOT_PREPARED =
            Set.of(ReleaseState.PLANNED, ReleaseState.PREPARING, ReleaseState.RETIRED);
    private static final Set<ReleaseState> CARRIED = Set.of(ReleaseState.DEPLOYING, ReleaseState.CLOSED);
    private static final Set<ChangeState> BEGUN = Set.of(ChangeState.IMPLEMENT, ChangeState.REVIEW, ChangeState.CLOSED);

    private final StageRows rows;
    private final Changes changes;
    private final Deployments deployments;

    StageTimeline(StageRows rows, Changes changes, Deployments deployments) {
        this.rows = rows;
        this.changes = changes;
        this.deployments = deployments;
    }

    /** In the order in which they come. */
    public List<StageTimes> of(Release release) {
        List<StageRun> runs = rows.of(release.stored());
        List<StageTimes> stages = new ArrayList<>(List.of(preparation(release)));
        release.content().stages().forEach(stage -> stages.add(stage(release, stage, runs)));
        stages.add(production(release));
        return stages;
    }

    /** From when this package entered it first, however often it failed, until it passed. */
    private static StageTimes stage(Release release, ReleaseStage stage, List<StageRun> runs) {
        Optional<StageRun> passed = Stages.passed(release, stage, runs);
        boolean begun = passed.isPresent() || !NOT_PREPARED.contains(release.state());
        return new StageTimes(
                stage.name(),
                stage.planned(),
                begun ? entered(release, stage, runs) : null,
                passed.map(StageRun::endedAt).orElse(null));
    }

    private static @Nullable Instant entered(Release release, ReleaseStage stage, List<StageRun> runs) {
        return runs.stream()
                .filter(run -> run.stage().equals(stage.name())
                        && run.isOf(Stages.tested(release, stage))
                        && run.outcome() != StageRun.Outcome.VOID)
                .map(StageRun::enteredAt)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** It begins when the release is written down, and should end with its readiness date, but before the next stage. */
    private static StageTimes preparation(Release release) {
        Instant ready = release.content()
                .readyOn()
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Instant next = Stream.concat(
                        release.content().stages().stream().map(ReleaseStage::planned),
                        Stream.of(release.content().window()))
                .map(Window::startsAt)
                .findFirst()
                .orElseThrow();
        Instant due = earlier(ready, next);
        return new StageTimes(
                PREPARATION,
                new Window(earlier(release.plannedAt(), due.minus(Duration.ofDays(1))), due),
                release.plannedAt(),
                NOT_PREPARED.contains(release.state())
                        ? null
                        : release.progress().confirmedAt());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** It begins when the window of its change opens, and is done when the last service runs in its new version. */
    private StageTimes production(Release release) {
        Window planned = release.content().window();
        return carrier(release)
                .filter(change -> BEGUN.contains(change.state()))
                .map(change -> new StageTimes(
                        StageGate.PRODUCTION, planned, change.window().startsAt(), endOf(release, change)))
                .orElseGet(() -> new StageTimes(StageGate.PRODUCTION, planned, null, null));
    }

    private Optional<Change> carrier(Release release) {
        return CARRIED.contains(release.state())
                ? Optional.ofNullable(release.progress().change()).map(changes::glance)
                : Optional.empty();
    }

    private @Nullable Instant endOf(Release release, Change change) {
        return deployments
                .allDeployedBy(change.number(), release.content().services())
                .orElse(release.progress().endedAt());
    }
}
