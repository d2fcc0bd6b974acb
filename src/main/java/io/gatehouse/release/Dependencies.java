package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.release.train.Trains;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which releases wait for which. Whoever adds a dependency locks the register first, because whether it closes a circle
 * depends on all the others, and then both releases in the order of their numbers.
 */
@Service
@Transactional
public class Dependencies {

    private static final String ADD = "POST /api/v1/releases/{number}/dependencies";
    private static final String REMOVE = ADD + "/{id}/removal";
    private static final int MOST = 100;

    private final Releases releases;
    private final Trains trains;
    private final DependencyRows rows;
    private final StageProgress progress;
    private final StageEntries entries;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Dependencies(
            Releases releases,
            Trains trains,
            DependencyRows rows,
            StageProgress progress,
            StageEntries entries,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.releases = releases;
        this.trains = trains;
        this.rows = rows;
        this.progress = progress;
        this.entries = entries;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a release needs, what needs it, and when it will be through its stages. */
    @Transactional(readOnly = true)
    public DependencyView of(String number) {
        Release release = releases.find(number);
        return new DependencyView(
                rows.of(release.stored()),
                rows.neededBy(release.stored()),
                release.state().isFinal()
                        ? List.of()
                        : forecasts()
                                .filter(forecast -> forecast.release().equals(number))
                                .toList());
    }

    /** The stages of releases of a train that come later than planned, by their numbers. */
    @Transactional(readOnly = true)
    public List<StageForecast> slipsOf(String train) {
        trains.get(train);
        StageGraph graph = rows.graph();
        return StageForecasts.of(graph, now()).entrySet().stream()
                .filter(one -> train.equals(graph.planOf(one.getKey()).train()))
                .map(Map.Entry::getValue)
                .filter(StageForecast::isLate)
                .sorted(Comparator.comparing(StageForecast::release))
                .toList();
    }

    private Stream<StageForecast> forecasts() {
        return StageForecasts.of(rows.graph(), now()).values().stream();
    }

    /**
     * Has a release not enter a stage before another one is through a stage of its own.
     *
     * @param needs the number of the other one
     * @param because why, if it is to be said
     * @throws ProblemException invalid if there is no such release or stage; a conflict if it is in force already, comes too
     *     late, could never be met, or would have releases wait in a circle
     */
    public ReleaseDependency add(
            String number, String stage, String needs, String needsStage, @Nullable String because) {
        Person person = admitted(ADD);
        releases.find(number);
        requireOther(number, needs);
        rows.lockRegister();
        Stream.of(number, needs).sorted().forEach(releases::lock);
        Release waiting = releases.find(number);
        Release needed = releases.find(needs);
        requireStage("stage", waiting, stage);
        requireStage("needsStage", needed, needsStage);
        requireInTime(waiting, stage);
        requireWanted(needed);
        StageNeed need = new StageNeed(new StagePoint(number, stage), new StagePoint(needs, needsStage));
        requireNew(rows.of(waiting.stored()), need);
        requireNoCircle(need);
        ReleaseDependency added = rows.add(need, person.id(), now(), because);
        record("release.DependencyAdded", added);
        return added;
    }

    private void requireOther(String number, String needed) {
        if (needed.equals(number)) {
            throw circle(number + " would need itself");
        }
        if (!releases.exists(needed)) {
            throw ProblemException.invalid("needs", "must be a release there is; numbers look like REL-2026-017");
        }
    }

    private static void requireStage(String field, Release release, String stage) {
        List<String> stages = release.stageNames();
        if (!stages.contains(stage)) {
            throw ProblemException.invalid(
                    field, "must be a stage of " + release.number() + ": " + String.join(", ", stages));
        }
    }

    private void requireInTime(Release release, String stage) {
        if (release.state().isFinal() || progress.hasEntered(release, stage)) {
            throw ProblemException.conflict(
                    "dependency-too-late",
                    "Too late to wait",
                    release.number() + " is " + release.state() + ", so there is nothing left that could wait before "
                            + stage + ".");
        }
    }

    private static void requireWanted(Release needed) {
        if (needed.state() == ReleaseState.RETIRED) {
            throw ProblemException.conflict(
                    "dependency-never-met",
                    "It would never be met",
                    needed.number() + " was retired; name the release that takes its place, or ask "
                            + needed.content().manager() + " for it.");
        }
    }

    private static void requireNew(List<ReleaseDependency> known, StageNeed need) {
        String number = need.waiting().release();
        if (known.size() >= MOST) {
            throw ProblemException.conflict(
                    "dependencies-full",
                    "Too many dependencies",
                    "A release has at most " + MOST + " dependencies, those that were taken back included; " + number
                            + " has as many.");
        }
        if (known.stream().anyMatch(one -> one.isInForce() && one.need().equals(need))) {
            throw ProblemException.conflict(
                    "dependency-exists",
                    "Waits for that already",
                    need.waiting().words() + " needs " + need.needed().words() + " already.");
        }
    }

    private void requireNoCircle(StageNeed need) {
        List<StagePoint> circle = rows.graph().circleWith(need);
        if (!circle.isEmpty()) {
            throw circle(inWords(circle) + ". None of these stages could ever be entered: take another dependency back"
                    + " first, or choose other stages");
        }
    }

    private static ProblemException circle(String words) {
        return ProblemException.conflict("dependency-circle", "Releases would wait for one another", words + ".");
    }

    /** {@code REL-2026-007 staging would need REL-2026-004 production, which needs REL-2026-004 staging before it, …} */
    private static String inWords(List<StagePoint> circle) {
        StringBuilder words = new StringBuilder(circle.get(0).words())
                .append(" would need ")
                .append(circle.get(1).words());
        for (int i = 2; i < circle.size(); i++) {
            words.append(", which needs ").append(circle.get(i).words());
            if (circle.get(i).release().equals(circle.get(i - 1).release())) {
                words.append(" before it");
            }
        }
        return words.toString();
    }

    /** Takes a dependency back, which may let a release go on. It stays to be seen, with who did it and why. */
    public ReleaseDependency remove(String number, long id, String because) {
        Person person = admitted(REMOVE);
        releases.lock(number);
        ReleaseDependency present = rows.find(id)
                .filter(found -> found.release().equals(number))
                .orElseThrow(() -> ProblemException.notFound(
                        "dependency-not-found",
                        "No such dependency",
                        number + " has no dependency " + id
                                + "; GET /api/v1/releases/{number}/dependencies lists them."));
        if (!present.isInForce()) {
            throw ProblemException.conflict(
                    "dependency-removed",
                    "Taken back already",
                    "Dependency " + id + " of " + number + " was taken back already.");
        }
        ReleaseDependency removed = rows.remove(present, person.id(), now(), because);
        record("release.DependencyRemoved", removed);
        entries.retry();
        return removed;
    }

    /**
     * Gives a part that is split off every dependency of the release it comes from, on both sides: which of them are about
     * the services that it gets, nobody has said, and one too many can be taken back while one that is missing would let
     * something go too early. The part is where the whole was, so that no circle can come of it.
     */
    void copy(Release whole, Release part, Person person) {
        Stream.concat(rows.of(whole.stored()).stream(), rows.neededBy(whole.stored()).stream())
                .filter(ReleaseDependency::isInForce)
                .forEach(one -> record(
                        "release.DependencyAdded",
                        rows.add(
                                new StageNeed(
                                        moved(one.need().waiting(), whole, part),
                                        moved(one.need().needed(), whole, part)),
                                person.id(),
                                now(),
                                one.addedBecause())));
    }

    private static StagePoint moved(StagePoint point, Release whole, Release part) {
        return point.release().equals(whole.number()) ? new StagePoint(part.number(), point.stage()) : point;
    }

    /** Has everybody else wait who would add a dependency. Before any release is locked. */
    void lockRegister() {
        rows.lockRegister();
    }

    private void record(String action, ReleaseDependency dependency) {
        Map<String, Object> facts = Map.of(
                "release", dependency.release(),
                "stage", dependency.stage(),
                "needs", dependency.needs(),
                "needsStage", dependency.needsStage());
        String object = AuditTrail.numbered("dependency", dependency.id());
        audit.recordState(action, object, facts, dependency.fingerprint());
        Map<String, Object> noted = new TreeMap<>(facts);
        noted.put("dependency", object);
        audit.record(action, dependency.release(), noted);
        audit.record(action, dependency.needs(), noted);
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
