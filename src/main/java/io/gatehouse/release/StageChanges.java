package io.gatehouse.release;

import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The changes that deploy releases to the environments of their stages. */
@Service
@Transactional
public class StageChanges {

    /** Whoever comes after the days that were planned for a stage still has a day. */
    private static final Duration SHORTEST_WINDOW = Duration.ofDays(1);

    private final Releases releases;
    private final Stages stages;
    private final StageRows rows;
    private final Carriers carriers;
    private final StageTrail trail;
    private final Clock clock;

    StageChanges(Releases releases, Stages stages, StageRows rows, Carriers carriers, StageTrail trail, Clock clock) {
        this.releases = releases;
        this.stages = stages;
        this.rows = rows;
        this.carriers = carriers;
        this.trail = trail;
        this.clock = clock;
    }

    /**
     * Raises the change that deploys a release to the environment of its stage, from now on. If it names a rollout plan by
     * which it cannot be deployed any more, it leaves the stage, and the reason is why it comes back.
     *
     * @throws IllegalStateException if it is not in it, or a change does already, whatever a diagram draws
     */
    public void raise(String number) {
        Release release = releases.lock(number);
        StageRun run = stages.current(release);
        if (run.heldEnvironment() == null || run.change() != null) {
            throw new IllegalStateException(number + " is not in " + run.stage() + ", or deployed there already");
        }
        ReleaseStage stage = Stages.stageOf(release, run);
        whyNoPlan(release, stage, run)
                .ifPresentOrElse(
                        because -> stages.end(release, run, StageRun.Outcome.FAILED, because, null),
                        () -> raise(release, stage, run));
    }

    /** A standard change needs none: it is rolled out as its own template says. */
    private Optional<String> whyNoPlan(Release release, ReleaseStage stage, StageRun run) {
        Carrier foreseen = carriers.foresee(release, run.environment(), stage.changeTemplate());
        return foreseen.type() == ChangeType.STANDARD
                ? Optional.empty()
                : carriers.whyNoPlan(release, run.environment(), stage.rolloutPlan());
    }

    private void raise(Release release, ReleaseStage stage, StageRun run) {
        carriers.raise(
                        release,
                        run.environment(),
                        stage.changeTemplate(),
                        stage.rolloutPlan(),
                        window(stage, now()),
                        (change, carrier) -> rows.carriedBy(run.id(), change, carrier))
                .ifPresent(sha256 -> rows.plannedBy(run.id(), Objects.requireNonNull(stage.rolloutPlan()), sha256));
        Carrier carrier = Objects.requireNonNull(stages.current(release).carrier());
        trail.record(
                "release.StageChangeRaised",
                release,
                run.id(),
                Map.of("carrier", carrier.type().name(), "carrierBecause", carrier.because()));
    }

    /** From now on, until the days that are planned for a stage are over. */
    static Window window(ReleaseStage stage, Instant now) {
        Instant shortest = now.plus(SHORTEST_WINDOW);
        Instant planned = stage.planned().endsAt();
        Instant longest = now.plus(ReleaseRules.LONGEST_WINDOW);
        Instant endsAt = planned.isBefore(shortest) ? shortest : planned.isAfter(longest) ? longest : planned;
        return new Window(now, endsAt);
    }

    /** Its change is over: its tests are done, or it leaves the stage. */
    public void takeOutcome(String number) {
        Release release = releases.lock(number);
        StageRun run = stages.current(release);
        String change = Objects.requireNonNull(run.change(), "no change deploys " + number);
        carriers.whyNot(release, change, run.environment())
                .ifPresentOrElse(because -> stages.end(release, run, StageRun.Outcome.FAILED, because, null), () -> {
                    rows.deployed(run.id(), now());
                    stages.askForTests(release, run);
                    trail.record("release.StageDeployed", release, run.id(), Map.of());
                });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
