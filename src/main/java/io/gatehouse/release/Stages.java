package io.gatehouse.release;

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
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The stages before production. A release has passed one if this very package went through what the stage asks for now:
 * with any other package, or another test, it has to pass it anew. How it gets in is in {@link StageEntries}, how it is
 * deployed there in {@link StageChanges}, and who lets it leave in {@link StageSignOffs}.
 */
@Service
@Transactional
public class Stages {

    private static final int LONGEST_REASON = 1000;

    private final StageRows rows;
    private final Releases releases;
    private final StageEntries entries;
    private final Carriers carriers;
    private final StageTrail trail;
    private final Clock clock;

    Stages(StageRows rows, Releases releases, StageEntries entries, Carriers carriers, StageTrail trail, Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.entries = entries;
        this.carriers = carriers;
        this.trail = trail;
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
