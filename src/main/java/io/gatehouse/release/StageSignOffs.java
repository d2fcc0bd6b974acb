package io.gatehouse.release;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who says that a release leaves its stage. Each role that the stage asks says so once, a person for one of them, and nobody
 * about what they have written.
 */
@Service
@Transactional
public class StageSignOffs {

    /** What whoever signs off says. */
    public enum SignOff {
        PASS,
        /** Its tests are done once more. */
        REPEAT_TESTS,
        FAIL
    }

    private static final String BY_OTHERS = ", so somebody else has to sign it off.";

    private final StageRows rows;
    private final Releases releases;
    private final Stages stages;
    private final SeatDelegations delegations;
    private final StageTrail trail;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    StageSignOffs(
            StageRows rows,
            Releases releases,
            Stages stages,
            SeatDelegations delegations,
            StageTrail trail,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.stages = stages;
        this.delegations = delegations;
        this.trail = trail;
        this.events = events;
        this.clock = clock;
    }

    /** Refuses whoever must not sign off a stage for a seat now: nobody does of what they have written, or twice. */
    public void admit(String number, String seat, Person person) {
        Release release = releases.lock(number);
        inPlaceOf(release, stages.current(release), seat, person);
    }

    /**
     * In whose place somebody signs off who has not the role of the seat; nobody's if they have.
     *
     * @throws ProblemException forbidden if they must not sign off for it now
     */
    private @Nullable String inPlaceOf(Release release, StageRun run, String seat, Person person) {
        if (release.authors().contains(person.id())) {
            throw refused("You have written something of " + release.number() + BY_OTHERS);
        }
        run.signOffOf(person.id()).ifPresent(signOff -> {
            throw refused(
                    signOff.person().equals(person.id())
                            ? "You have signed as " + signOff.seat() + "; a person fills one seat."
                            : signOff.person() + " has signed as " + signOff.seat()
                                    + " in your place; a person fills one seat.");
        });
        if (!run.missing(Stages.stageOf(release, run)).contains(seat)) {
            throw refused("The seat " + seat + " has signed, or is none of " + run.stage() + ".");
        }
        return person.isIn(seat) ? null : representedBy(person, release, run, seat);
    }

    private String representedBy(Person delegate, Release release, StageRun run, String seat) {
        List<String> represented = delegations.representedBy(delegate.id(), release, seat);
        if (represented.isEmpty()) {
            throw ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    "You are not " + seat
                            + ", and nobody who is has you sign off in their place now. What the manager and the"
                            + " authors of the release have said for others does not count.");
        }
        List<String> others = represented.stream()
                .filter(one -> !release.authors().contains(one))
                .toList();
        if (others.isEmpty()) {
            throw refused("In whose place you could sign off has written something of " + release.number() + BY_OTHERS);
        }
        return others.stream()
                .filter(one -> run.signOffOf(one).isEmpty())
                .findFirst()
                .orElseThrow(() -> refused("In whose place you could sign off has filled a seat; a person fills one."));
    }

    /**
     * Says for a seat whether a release leaves its stage. It does when all seats say that it passes, and at once with the
     * first that is against it.
     *
     * @throws ProblemException conflict if it should pass although a test has not
     */
    public void signOff(String number, String seat, Person person, SignOff said, @Nullable String note) {
        Release release = releases.lock(number);
        StageRun run = stages.current(release);
        String inPlaceOf = inPlaceOf(release, run, seat, person);
        if (run.deployedAt() == null) {
            throw new IllegalStateException(number + " is not deployed in " + run.stage());
        }
        if (run.newestTests().stream().anyMatch(test -> test.result() == null)) {
            throw new IllegalStateException("Tests of " + number + " have no result yet");
        }
        if (said == SignOff.PASS) {
            requireTestsPassed(run);
        }
        StageSignOff signOff =
                new StageSignOff(0, run.id(), run.round(), seat, person.id(), inPlaceOf, said, note, now());
        sign(release, run, signOff);
        switch (said) {
            case PASS -> {
                if (stages.current(release)
                        .missing(Stages.stageOf(release, run))
                        .isEmpty()) {
                    end(release, run, StageRun.Outcome.PASSED, signOff);
                    events.publishEvent(new ReleaseReached(release, Moment.STAGE_PASSED, run.stage()));
                }
            }
            case REPEAT_TESTS -> {
                stages.askForTests(release, run);
                trail.record("release.TestsRepeated", release, run.id(), Map.of());
            }
            case FAIL -> end(release, run, StageRun.Outcome.FAILED, signOff);
        }
    }

    private void sign(Release release, StageRun run, StageSignOff signOff) {
        try {
            trail.signed(release, run, rows.sign(signOff));
        } catch (DuplicateKeyException e) {
            throw refused("That seat has signed, or you have; each signs once.");
        }
    }

    private void end(Release release, StageRun run, StageRun.Outcome outcome, StageSignOff last) {
        if (last.inPlaceOf() != null) {
            rows.signedOffInPlaceOf(run.id(), last.inPlaceOf());
        }
        stages.end(release, run, outcome, last.note(), last.person());
    }

    /** Whether nobody has anything to say any more about whether it leaves its stage, for the diagram. */
    boolean isSignedOff(Release release) {
        return stages.find(release)
                .filter(run -> !run.standing().isEmpty()
                        && !run.missing(Stages.stageOf(release, run)).isEmpty())
                .isEmpty();
    }

    private static ProblemException refused(String detail) {
        return ProblemException.forbidden("segregation-of-duties", "Segregation of duties", detail);
    }

    private static void requireTestsPassed(StageRun run) {
        String missing = run.newestTests().stream()
                .filter(test -> !test.isPassed())
                .map(TestRun::sentence)
                .collect(Collectors.joining("; "));
        if (!missing.isEmpty()) {
            throw ProblemException.conflict(
                    "tests-not-passed",
                    "Tests not passed",
                    "It cannot pass " + run.stage() + ": " + missing + ". Have them done again, or let it fail.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
