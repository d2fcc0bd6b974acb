package io.gatehouse.release;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may enter a stage. A release has the environment to itself, and nobody overtakes whoever waits for it; what else
 * may be in the way is a {@link StageGate}. Production has no line: there only gates are in the way.
 */
@Service
@Transactional
public class StageEntries {

    private static final int LONGEST_REASON = 1000;

    private final StageRows rows;
    private final Releases releases;
    private final List<StageGate> gates;
    private final DependencyRows dependencies;
    private final WhatSeatsSaw seen;
    private final ReleaseProcess process;
    private final StageTrail trail;
    private final Clock clock;

    StageEntries(
            StageRows rows,
            Releases releases,
            List<StageGate> gates,
            DependencyRows dependencies,
            WhatSeatsSaw seen,
            ReleaseProcess process,
            StageTrail trail,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.gates = List.copyOf(gates);
        this.dependencies = dependencies;
        this.seen = seen;
        this.process = process;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Has a release enter the next stage, or says why it has to wait.
     *
     * @throws IllegalStateException if it is not on its way through its stages, whatever a diagram draws
     */
    public void enter(String number) {
        Release release = releases.lock(number);
        if (release.state() != ReleaseState.TESTING) {
            throw new IllegalStateException(number + " is " + release.state() + " and enters no stage");
        }
        rows.lockEntrance();
        List<StageRun> runs = rows.of(release.stored());
        ReleaseStage stage = Stages.next(release, runs)
                .orElseThrow(() -> new IllegalStateException(number + " has passed every stage"));
        long run = runs.stream()
                .filter(StageRun::isOpen)
                .map(StageRun::id)
                .findFirst()
                .orElseGet(() -> rows.open(release, stage.name(), Stages.tested(release, stage), now()));
        whyNot(release, stage).ifPresentOrElse(because -> waitFor(release, run, because), () -> {
            rows.enter(run, stage.environment(), now());
            trail.record("release.StageEntered", release, run, Map.of("environment", stage.environment()));
        });
    }

    private void waitFor(Release release, long run, String because) {
        rows.waitFor(run, shortened(because));
        trail.record("release.StageAwaited", release, run, Map.of());
    }

    private Optional<String> whyNot(Release release, ReleaseStage stage) {
        return gate(release, stage.name())
                .or(() -> rows.holderOf(stage.environment())
                        .map(other -> ReleaseNumber.of(other) + " has " + stage.environment() + " to itself."))
                .or(() -> firstInLine(release, stage)
                        .map(other -> other + " is before it in the line for " + stage.environment() + "."));
    }

    /**
     * Has a release that its seats let go enter production. One that has to come after another waits, and keeps their go as
     * long as its window lasts; what else is in the way has it prepared anew.
     *
     * @throws IllegalStateException if its seats have not been asked, whatever a diagram draws
     */
    public void enterProduction(String number) {
        Release release = releases.lock(number);
        if (release.state() != ReleaseState.DECIDING && release.state() != ReleaseState.WAITING) {
            throw new IllegalStateException(number + " is " + release.state() + " and enters nothing");
        }
        rows.lockEntrance();
        Optional<String> awaited = gate(release, StageGate.PRODUCTION).map(because -> because + late(release));
        // Its window may have passed, its services may have gone and its plans may be others since its seats were
        // asked.
        releases.whatIsInTheWay(release)
                .or(() -> seen.whyNot(release))
                .map(because -> "It could go, but " + because
                        + awaited.map(other -> "; until then: " + other).orElse(""))
                .ifPresentOrElse(
                        because -> releases.giveBack(number, shortened(because)),
                        () -> awaited.ifPresentOrElse(
                                because -> releases.await(number, shortened(because)), () -> releases.go(number)));
    }

    /** How much later than planned it is, as all is planned now, and through whom. */
    private String late(Release release) {
        return Optional.ofNullable(StageForecasts.of(dependencies.graph(), now())
                        .get(new StagePoint(release.number(), StageGate.PRODUCTION)))
                .filter(StageForecast::isLate)
                .map(forecast -> " As planned now it is " + forecast.sentence() + ".")
                .orElse("");
    }

    /** Why a release cannot enter a stage, whoever has its environment. */
    Optional<String> gate(Release release, String stage) {
        return gates.stream()
                .flatMap(gate -> gate.whyNot(release, stage).stream())
                .findFirst();
    }

    /** Who came first for an environment and could enter it now. */
    private Optional<String> firstInLine(Release release, ReleaseStage stage) {
        return rows.waiting().stream()
                .takeWhile(other -> !other.equals(release.stored()))
                .map(other -> releases.find(ReleaseNumber.of(other)))
                .filter(other -> Stages.next(other, rows.of(other.stored()))
                        .filter(theirs -> theirs.environment().equals(stage.environment()))
                        .filter(theirs -> gate(other, theirs.name()).isEmpty())
                        .isPresent())
                .map(Release::number)
                .findFirst();
    }

    /** Something that was in the way of somebody may have gone: whoever waits tries again, in a transaction of its own. */
    void retry() {
        rows.lockEntrance();
        rows.waiting().forEach(waiting -> process.stageMayBeEntered(ReleaseNumber.of(waiting)));
        releases.waiting().forEach(process::productionMayBeEntered);
    }

    private static String shortened(String because) {
        return because.substring(0, Math.min(because.length(), LONGEST_REASON));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
