package io.gatehouse.release;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.Fingerprint;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The stages before production. A release has passed one if this very package went through what the stage asks for now:
 * with any other package, or another test, it has to pass it anew. How it gets in is in {@link StageEntries}, how it is
 * deployed there in {@link StageChanges}.
 */
@Service
@Transactional
public class Stages {

    /** What whoever signs off says. */
    public enum SignOff {
        PASS,
        /** Its tests are done once more. */
        REPEAT_TESTS,
        FAIL
    }

    private static final int LONGEST_REASON = 1000;
    private static final String BY_OTHERS = ", so somebody else has to sign it off.";

    private final StageRows rows;
    private final Releases releases;
    private final StageEntries entries;
    private final Carriers carriers;
    private final SeatDelegations delegations;
    private final StageTrail trail;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Stages(
            StageRows rows,
            Releases releases,
            StageEntries entries,
            Carriers carriers,
            SeatDelegations delegations,
            StageTrail trail,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.entries = entries;
        this.carriers = carriers;
        this.delegations = delegations;
        this.trail = trail;
        this.events = events;
        this.clock = clock;
    }

    /** Each time a release went through a stage, oldest first. */
    @Transactional(readOnly = true)
    public List<StageRun> runs(String number) {
        return rows.of(releases.find(number).stored());
    }

    /** The stage that it has to pass next; empty if it has passed all of them. */
    static Optional<ReleaseStage> next(Release release, List<StageRun> runs) {
        return release.content().stages().stream()
                .filter(stage -> passed(release, stage, runs).isEmpty())
                .findFirst();
    }

    /**
     * Has its seats asked about a release that has passed every stage.
     *
     * @throws IllegalStateException if it has not, whatever a diagram draws
     */
    Release decide(String number) {
        Release release = releases.lock(number);
        next(release, rows.of(release.stored())).ifPresent(stage -> {
            throw new IllegalStateException(number + " has not passed " + stage.name());
        });
        return releases.decide(release);
    }

    /** When its package, as it is now, passed a stage, as it is now. */
    static Optional<StageRun> passed(Release release, ReleaseStage stage, List<StageRun> runs) {
        String tested = tested(release, stage);
        return runs.stream()
                .filter(run -> run.stage().equals(stage.name()) && run.hasPassed(tested))
                .reduce((one, later) -> later);
    }

    /** Whether its package, as it is now, has passed a stage, as it is now. */
    public static boolean hasPassed(Release release, ReleaseStage stage, List<StageRun> runs) {
        return passed(release, stage, runs).isPresent();
    }

    /** What has to go through a stage: the package, and what the stage asks for. Its days are none of that. */
    static String tested(Release release, ReleaseStage stage) {
        List<@Nullable Object> all = new ArrayList<>();
        release.content()
                .items()
                .forEach(item -> all.addAll(Arrays.asList(item.service(), item.version(), item.digest())));
        all.addAll(Arrays.asList(stage.name(), stage.environment(), stage.signedOffBy()));
        all.add(stage.tests().size());
        stage.tests().forEach(test -> all.addAll(List.of(test.name(), test.askedGroup(), test.requiredPercent())));
        all.addAll(stage.exitCriteria());
        if (stage.rehearsesRollback()) {
            all.add("rehearsesRollback");
        }
        String asked = Fingerprint.of(all);
        // Came later: of a stage without them the digest is what it was.
        return stage.approvals().isEmpty() && stage.rolloutPlan() == null
                ? asked
                : Fingerprint.of(asked, stage.rolloutPlan(), stage.approvals());
    }

    /** The test of this number, or the problem {@code test-not-found}. */
    @Transactional(readOnly = true)
    public TestRun test(String number) {
        return TestRun.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.test(id).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "test-not-found",
                        "No such test",
                        "There is no test " + number + "; GET /api/v1/releases/{number}/stages lists them."));
    }

    /** The number of the release that a test is about. */
    @Transactional(readOnly = true)
    public String releaseOf(String test) {
        return ReleaseNumber.of(rows.releaseOf(test(test).id()).orElseThrow());
    }

    /**
     * Locks a release that has such a test.
     *
     * @throws ProblemException 404 if it has not
     */
    public void requireTestOf(String number, String test) {
        releases.lock(number);
        if (!releaseOf(test).equals(number)) {
            throw ProblemException.notFound("test-not-found", "No such test", number + " has no test " + test + ".");
        }
    }

    /** Refuses a result that nobody waits for any more. */
    public void admitResult(String test) {
        StageRun run = current(releases.lock(releaseOf(test)));
        boolean awaited = run.tests().stream().anyMatch(one -> one.number().equals(test) && one.result() == null);
        if (!awaited) {
            throw ProblemException.conflict(
                    "test-state", "Not possible in this state", "Nobody waits for a result of " + test + " any more.");
        }
    }

    /** Somebody says what came of a test. */
    public void record(String test, String by, TestResult result) {
        admitResult(test);
        Release release = releases.lock(releaseOf(test));
        rows.record(test(test).id(), result, by, now());
        trail.record(
                "release.TestRecorded",
                release,
                current(release).id(),
                Map.of("test", test, "passed", test(test).isPassed()));
    }

    /** Refuses whoever must not sign off a stage for a seat now: nobody does of what they have written, or twice. */
    public void admitSignOff(String number, String seat, Person person) {
        Release release = releases.lock(number);
        inPlaceOf(release, current(release), seat, person);
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
        if (!run.missing(stageOf(release, run)).contains(seat)) {
            throw refused("The seat " + seat + " has signed, or is none of " + run.stage() + ".");
        }
        return person.isIn(seat) ? null : representedBy(person, release, run, seat);
    }

    private String representedBy(Person delegate, Release release, StageRun run, String seat) {
        List<String> represented = delegations.representedBy(delegate.id(), seat);
        if (represented.isEmpty()) {
            throw ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    "You are not " + seat + ", and nobody who is has you sign off in their place now.");
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
        StageRun run = current(release);
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
                if (current(release).missing(stageOf(release, run)).isEmpty()) {
                    end(release, run, StageRun.Outcome.PASSED, signOff);
                    events.publishEvent(new ReleaseReached(release, Moment.STAGE_PASSED, run.stage()));
                }
            }
            case REPEAT_TESTS -> {
                askForTests(release, run);
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
        end(release, run, outcome, last.note(), last.person());
    }

    /** Whether nobody has anything to say any more about whether it leaves its stage, for the diagram. */
    boolean isSignedOff(Release release) {
        return find(release)
                .filter(run -> !run.standing().isEmpty()
                        && !run.missing(stageOf(release, run)).isEmpty())
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

    /** Has each test of the stage done, once more if it was. */
    void askForTests(Release release, StageRun run) {
        Instant now = now();
        stageOf(release, run).tests().forEach(test -> rows.ask(run.id(), test, now));
    }

    /** It leaves its stage, and whoever waits for the environment may have it. */
    void end(Release release, StageRun run, StageRun.Outcome outcome, @Nullable String reason, @Nullable String by) {
        rows.end(run.id(), outcome, reason, by, now());
        trail.record("release.StageEnded", release, run.id(), Map.of("outcome", outcome.name()));
        entries.retry();
    }

    /** Whatever it is in the middle of is wanted no longer. */
    void dropCurrent(Release release, String because) {
        // Nobody wakes it meanwhile.
        rows.lockEntrance();
        find(release).ifPresent(run -> {
            String shortened = because.substring(0, Math.min(because.length(), LONGEST_REASON));
            end(release, run, StageRun.Outcome.VOID, shortened, null);
            if (run.rehearsal() != null) {
                carriers.drop(release, run.rehearsal().change());
            }
            if (run.change() != null) {
                carriers.drop(release, run.change());
            }
        });
    }

    /**
     * Has a release go through a stage, and those after it, although it has passed them.
     *
     * @throws ProblemException invalid if it has no such stage
     */
    public void goBackTo(String number, String stage) {
        Release release = releases.lock(number);
        List<String> names =
                release.content().stages().stream().map(ReleaseStage::name).toList();
        int from = names.indexOf(stage);
        if (from < 0) {
            throw ProblemException.invalid("fromStage", "must be a stage of the release: " + String.join(", ", names));
        }
        for (StageRun run : rows.of(release.stored())) {
            if (run.outcome() == StageRun.Outcome.PASSED && names.indexOf(run.stage()) >= from) {
                rows.annul(run.id(), "It was to go through " + stage + " again.");
                trail.record("release.StageAnnulled", release, run.id(), Map.of());
            }
        }
    }

    /** Its stages in a line for each: where it has passed, and what it has to go through. */
    @Transactional(readOnly = true)
    public String line(String number) {
        Release release = releases.find(number);
        List<StageRun> runs = rows.of(release.stored());
        return release.content().stages().isEmpty()
                ? "none"
                : release.content().stages().stream()
                        .map(stage -> stage.name() + " in " + stage.environment() + ": "
                                + (passed(release, stage, runs).isPresent()
                                        ? "passed by this package"
                                        : "to be passed"))
                        .collect(Collectors.joining("\n"));
    }

    /** Why a release did not get through the stage that it was in last. */
    String whyNot(Release release) {
        List<StageRun> runs = rows.of(release.stored());
        StageRun last = runs.get(runs.size() - 1);
        return last.stage() + ": " + (last.reason() == null ? "no reason was given" : last.reason());
    }

    Optional<StageRun> find(Release release) {
        return rows.of(release.stored()).stream().filter(StageRun::isOpen).findFirst();
    }

    /** Its present stay in a stage. */
    StageRun current(Release release) {
        return find(release)
                .orElseThrow(() -> ProblemException.conflict(
                        "stage-state", "Not possible in this state", release.number() + " is in no stage."));
    }

    /** The same for whoever shows it. */
    @Transactional(readOnly = true)
    public StageRun currentOf(String number) {
        return current(releases.find(number));
    }

    /** What a release goes through in this stay. */
    @Transactional(readOnly = true)
    public ReleaseStage stageOf(String number, StageRun run) {
        return stageOf(releases.find(number), run);
    }

    static ReleaseStage stageOf(Release release, StageRun run) {
        return release.content().stages().stream()
                .filter(stage -> stage.name().equals(run.stage()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(release.number() + " has no stage " + run.stage()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
