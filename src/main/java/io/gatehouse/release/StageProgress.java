package io.gatehouse.release;

import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which stages a release has entered, and which it is through; production is one of them. */
@Component
class StageProgress {

    private final ReleaseRows releases;
    private final StageRows rows;

    StageProgress(ReleaseRows releases, StageRows rows) {
        this.releases = releases;
        this.rows = rows;
    }

    /** The same for a release of which only that much is known: it is read only if that matters. */
    boolean isThrough(String stored, ReleaseState state, String stage) {
        if (state.isFinal() || stage.equals(StageGate.PRODUCTION)) {
            return state == ReleaseState.CLOSED;
        }
        return isThrough(releases.find(stored).orElseThrow(), stage);
    }

    /** Whether its package, as it is now, is through a stage. Nothing counts any more of one that is retired. */
    boolean isThrough(Release release, String stage) {
        return release.state() == ReleaseState.CLOSED
                || !release.state().isFinal()
                        && find(release, stage)
                                .filter(found -> Stages.hasPassed(release, found, rows.of(release.stored())))
                                .isPresent();
    }

    /** Whether it comes too late for what should be done before a stage. */
    boolean hasEntered(Release release, String stage) {
        if (release.state() == ReleaseState.DEPLOYING || release.state() == ReleaseState.CLOSED) {
            return true;
        }
        List<StageRun> runs = rows.of(release.stored());
        List<String> names = release.stageNames();
        return release.content().stages().stream()
                .filter(other -> names.indexOf(other.name()) >= names.indexOf(stage))
                .anyMatch(other -> Stages.hasPassed(release, other, runs) || isIn(other, runs));
    }

    private static boolean isIn(ReleaseStage stage, List<StageRun> runs) {
        return runs.stream()
                .anyMatch(run ->
                        run.isOpen() && run.enteredAt() != null && run.stage().equals(stage.name()));
    }

    private static Optional<ReleaseStage> find(Release release, String stage) {
        return release.content().stages().stream()
                .filter(one -> one.name().equals(stage))
                .findFirst();
    }
}
