package io.gatehouse.release;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Which kind of change brings a release into each of its stages and into production, in words for people. */
@Service
@Transactional(readOnly = true)
public class CarrierOutlook {

    private final Releases releases;
    private final StageRows rows;
    private final Carriers carriers;

    CarrierOutlook(Releases releases, StageRows rows, Carriers carriers) {
        this.releases = releases;
        this.rows = rows;
        this.carriers = carriers;
    }

    /** A line for each stage and for production, in order. */
    public List<String> lines(String number) {
        Release release = releases.find(number);
        List<StageRun> runs = rows.of(release.stored());
        return Stream.concat(
                        release.content().stages().stream()
                                .map(stage -> stage.name() + ": " + ofStage(release, stage, runs)),
                        Stream.of(StageGate.PRODUCTION + ": " + ofProduction(release)))
                .toList();
    }

    /** What carries a release into production, or would as things are now. */
    public String ofProduction(String number) {
        return ofProduction(releases.find(number));
    }

    private String ofProduction(Release release) {
        ReleaseProgress progress = release.progress();
        boolean raised = release.state() == ReleaseState.DEPLOYING || release.state() == ReleaseState.CLOSED;
        return raised && progress.change() != null
                ? raised(progress.change(), progress.carrier())
                : foreseen(
                        release,
                        release.content().environment(),
                        release.content().changeTemplate());
    }

    private String ofStage(Release release, ReleaseStage stage, List<StageRun> runs) {
        Optional<StageRun> last = runs.stream()
                .filter(run -> run.stage().equals(stage.name()) && run.change() != null)
                .reduce((one, later) -> later);
        return last.map(run -> raised(run.change(), run.carrier()))
                .orElseGet(() -> foreseen(release, stage.environment(), stage.changeTemplate()));
    }

    private static String raised(@Nullable String change, @Nullable Carrier carrier) {
        return carrier == null ? String.valueOf(change) : change + ", " + carrier.sentence();
    }

    private String foreseen(Release release, String environment, @Nullable String template) {
        return release.state().isFinal()
                ? "none"
                : "as things are, "
                        + carriers.foresee(release, environment, template).sentence();
    }
}
