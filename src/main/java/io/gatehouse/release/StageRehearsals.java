package io.gatehouse.release;

import io.gatehouse.change.Window;
import io.gatehouse.rollout.ProvenRollback;
import io.gatehouse.rollout.RollbackProofs;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rehearsals of the way back in stages: a change deploys the package there, and once all of it has run and was verified,
 * undoes it. What counts is what the ledger shows of that.
 */
@Service
@Transactional
public class StageRehearsals {

    /** A rollback of a package in a stage, or why what happened there is none. */
    record Finding(String environment, String change, Optional<ProvenRollback> proof) {}

    private final Releases releases;
    private final Stages stages;
    private final StageRows rows;
    private final Carriers carriers;
    private final RollbackProofs proofs;
    private final StageTrail trail;
    private final Clock clock;

    StageRehearsals(
            Releases releases,
            Stages stages,
            StageRows rows,
            Carriers carriers,
            RollbackProofs proofs,
            StageTrail trail,
            Clock clock) {
        this.releases = releases;
        this.stages = stages;
        this.rows = rows;
        this.carriers = carriers;
        this.proofs = proofs;
        this.trail = trail;
        this.clock = clock;
    }

    /** Whether the way back is to be tried out in the stage that a release is in; without a plan there is nothing to try. */
    @Transactional(readOnly = true)
    boolean isDue(Release release) {
        StageRun run = stages.current(release);
        ReleaseStage stage = Stages.stageOf(release, run);
        return stage.rehearsesRollback() && carriers.canRollBack(release, run.environment(), stage.rolloutPlan());
    }

    /**
     * Raises the change that tries the way back out, from now on, by the plan by which the stage is deployed. If the release
     * cannot be rolled out by that any more, it leaves the stage, and the reason is why it comes back.
     *
     * @throws IllegalStateException if it is not in a stage, or it is too late there, whatever a diagram draws
     */
    public void raise(String number) {
        Release release = releases.lock(number);
        StageRun run = stages.current(release);
        if (run.heldEnvironment() == null || run.rehearsal() != null || run.change() != null) {
            throw new IllegalStateException(number + " is not in " + run.stage() + ", or past its rehearsal");
        }
        ReleaseStage stage = Stages.stageOf(release, run);
        carriers.whyNoPlan(release, run.environment(), stage.rolloutPlan())
                .ifPresentOrElse(
                        because -> stages.end(release, run, StageRun.Outcome.FAILED, because, null),
                        () -> raise(release, stage, run));
    }

    private void raise(Release release, ReleaseStage stage, StageRun run) {
        Window window = StageChanges.window(stage, now());
        carriers.rehearse(release, run.environment(), stage.rolloutPlan(), window, change -> {
            rows.rehearsedBy(run.id(), change);
            trail.record("release.RehearsalRaised", release, run.id(), Map.of("rehearsal", change));
        });
    }

    /** Its change is over: what the ledger shows is kept, or the release leaves the stage. */
    public void takeOutcome(String number) {
        Release release = releases.lock(number);
        StageRun run = stages.current(release);
        String change = Objects.requireNonNull(run.rehearsal(), "nothing rehearses " + number)
                .change();
        Optional<ProvenRollback> proof = carriers.find(change).state().isFinal()
                ? proofs.find(change)
                        .filter(found -> carriers.broughtThis(
                                release,
                                change,
                                run.environment(),
                                Stages.stageOf(release, run).rolloutPlan()))
                : Optional.empty();
        proof.ifPresentOrElse(
                found -> {
                    rows.rehearsed(run.id(), found);
                    trail.record("release.RollbackRehearsed", release, run.id(), Map.of("rollout", found.rollout()));
                },
                () -> stages.end(
                        release,
                        run,
                        StageRun.Outcome.FAILED,
                        "Its rollback was rehearsed by " + change + " and has not come back completely: "
                                + proofs.whyNot(change) + ".",
                        null));
    }

    /**
     * What changes that brought exactly this package to the environments of its stages show of their way back, newest
     * first; by a rehearsal, or because somebody rolled it back there. Only those count that were rolled out by the plan by
     * which it goes into production.
     */
    @Transactional(readOnly = true)
    List<Finding> findings(Release release) {
        List<Finding> findings = new ArrayList<>();
        rows.of(release.stored()).forEach(run -> release.content().stages().stream()
                .filter(stage -> stage.name().equals(run.stage()))
                .forEach(stage -> changesOf(run)
                        .filter(change -> carriers.broughtThis(
                                release,
                                change,
                                stage.environment(),
                                release.content().rolloutPlan()))
                        .forEach(change ->
                                findings.add(new Finding(stage.environment(), change, proofs.find(change))))));
        Collections.reverse(findings);
        return findings;
    }

    /** Why one proves nothing. */
    String whyNot(Finding finding) {
        return proofs.whyNot(finding.change());
    }

    private static Stream<String> changesOf(StageRun run) {
        return Stream.of(
                        Optional.ofNullable(run.rehearsal()).map(StageRehearsal::change),
                        Optional.ofNullable(run.change()))
                .flatMap(Optional::stream);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
