package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Criteria of releases of which somebody says whether they are met. Whoever writes one locks its release first. Its owner is
 * asked while the release is under way, and not before it is started.
 */
@Service
@Transactional
public class Criteria {

    private static final String ADD = "POST /api/v1/releases/{number}/criteria";
    private static final String REOPEN = "POST /api/v1/releases/{number}/criteria/{criterion}/reopening";
    private static final String WITHDRAW = "POST /api/v1/releases/{number}/criteria/{criterion}/withdrawal";

    private static final int MOST = 100;
    private static final int MOST_ANSWERS = 200;

    private final CriterionRows rows;
    private final Releases releases;
    private final OwnerRules owners;
    private final CriterionProcess process;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    Criteria(
            CriterionRows rows,
            Releases releases,
            OwnerRules owners,
            CriterionProcess process,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.owners = owners;
        this.process = process;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** All of a release, in the order in which they were added, those that were withdrawn as well. */
    @Transactional(readOnly = true)
    public List<Criterion> of(String number) {
        return rows.of(releases.find(number).stored());
    }

    /** The criterion of this number, or the problem {@code criterion-not-found}. */
    @Transactional(readOnly = true)
    public Criterion find(String criterion) {
        return Criterion.findId(criterion).stream()
                .boxed()
                .flatMap(id -> rows.find(id).stream())
                .findFirst()
                .orElseThrow(() -> unknown("There is no criterion " + criterion));
    }

    /** Adds a criterion, of which its owner is asked from when the release is started. */
    public Criterion add(String number, CriterionContent content) {
        admitted(ADD);
        Release release = releases.lock(number);
        requireUnderWay(release);
        check(release, "", content);
        return add(release, List.of(content)).get(0);
    }

    /** Adds criteria as a template has them; the release is locked, and they are {@link #check checked}. */
    List<Criterion> add(Release release, List<CriterionContent> contents) {
        if (rows.of(release.stored()).size() + contents.size() > MOST) {
            throw ProblemException.conflict(
                    "too-many-criteria",
                    "Too many criteria",
                    release.number() + " can have at most " + MOST + " criteria, also those that were withdrawn.");
        }
        List<Criterion> added = new ArrayList<>();
        for (CriterionContent content : contents) {
            Criterion criterion =
                    rows.insert(Criterion.add(release.stored(), content, currentPerson.idOrSystem(), now()));
            record("release.CriterionAdded", release, criterion);
            added.add(criterion);
        }
        events.publishEvent(new ReleaseWritten(release));
        return added;
    }

    /**
     * Refuses what could never be met.
     *
     * @param field where it is written, with a dot at the end, or empty
     */
    void check(Release release, String field, CriterionContent content) {
        owners.check(CriterionModel.CONFIRM, field, content.owner(), content.ownerGroup());
        checkDue(release, field, content.dueAt());
    }

    private void checkDue(Release release, String field, Instant dueAt) {
        if (!dueAt.isAfter(now()) || dueAt.isAfter(release.content().window().endsAt())) {
            throw ProblemException.invalid(
                    field + "dueAt", "must be in the future, and not after the window of the release");
        }
    }

    /** Refuses whoever comes too late to say something of a criterion. */
    public void admit(String criterion) {
        Release release = lockReleaseOf(criterion);
        Criterion found = find(criterion);
        if (!found.isOpen() || release.state().isFinal()) {
            throw ProblemException.conflict(
                    "criterion-state",
                    "Not possible in this state",
                    criterion + " is " + found.state() + "; nobody is asked about it.");
        }
    }

    /** Its owner says whether it is met. */
    public void answer(String criterion, Person person, boolean met, String note) {
        Release release = lockReleaseOf(criterion);
        Criterion answered = find(criterion).answer(met, person.id(), now(), note);
        save(met ? "release.CriterionConfirmed" : "release.CriterionNotMet", release, answered);
    }

    /** Has the owner asked again about something that was answered. */
    public Criterion reopen(String number, String criterion, Instant dueAt, String reason) {
        Person person = admitted(REOPEN);
        Release release = releases.lock(number);
        requireUnderWay(release);
        Criterion found = requireOf(release, criterion);
        if (found.answers().size() >= MOST_ANSWERS) {
            throw ProblemException.conflict(
                    "too-many-answers",
                    "Too many answers",
                    criterion + " was answered and reopened " + MOST_ANSWERS + " times, which is most; withdraw it and"
                            + " add another.");
        }
        Criterion reopened = found.reopen(dueAt, person.id(), now(), reason);
        checkDue(release, "", dueAt);
        return save("release.CriterionReopened", release, reopened);
    }

    /** Gives a criterion up; it counts no longer and stays on record. */
    public Criterion withdraw(String number, String criterion, String reason) {
        Person person = admitted(WITHDRAW);
        Release release = releases.lock(number);
        requireUnderWay(release);
        Criterion found = requireOf(release, criterion);
        Criterion withdrawn = save("release.CriterionWithdrawn", release, found.withdraw(person.id(), now(), reason));
        if (found.isOpen()) {
            process.drop(criterion);
        }
        return withdrawn;
    }

    /** Asks the owners once the release is started, and asks nobody any more once it is over. */
    @EventListener
    void on(ReleaseWritten written) {
        Release release = written.release();
        if (release.state() == ReleaseState.PLANNED) {
            return;
        }
        List<Criterion> open =
                rows.of(release.stored()).stream().filter(Criterion::isOpen).toList();
        if (release.state().isFinal()) {
            open.forEach(criterion -> drop(release, criterion));
        } else if (!open.isEmpty()) {
            process.without(open.stream().map(Criterion::number).toList()).forEach(process::start);
        }
    }

    private void drop(Release release, Criterion criterion) {
        Criterion withdrawn = criterion.withdraw(null, now(), "The release is " + release.state() + ".");
        rows.answer(withdrawn);
        record("release.CriterionWithdrawn", release, withdrawn);
        process.drop(criterion.number());
    }

    /** Asks again about a criterion whose process somebody has deleted. */
    void takeUp(String criterion) {
        Release release = lockReleaseOf(criterion);
        if (find(criterion).isOpen() && !process.without(List.of(criterion)).isEmpty()) {
            record("release.CriterionProcessLost", release, find(criterion));
            process.start(criterion);
        }
    }

    /** Locks a release that has such a criterion. */
    public void requireCriterionOf(String number, String criterion) {
        requireOf(releases.lock(number), criterion);
    }

    private Criterion requireOf(Release release, String criterion) {
        Criterion found = find(criterion);
        if (!found.release().equals(release.stored())) {
            throw unknown(release.number() + " has no criterion " + criterion);
        }
        return found;
    }

    private static void requireUnderWay(Release release) {
        if (release.state().isFinal()) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    release.number() + " is " + release.state() + "; its criteria stay as they are.");
        }
    }

    /** The number of the release that has it. */
    public String releaseOf(Criterion criterion) {
        return ReleaseNumber.of(criterion.release());
    }

    private Release lockReleaseOf(String criterion) {
        return releases.lock(releaseOf(find(criterion)));
    }

    private Criterion save(String action, Release release, Criterion criterion) {
        rows.answer(criterion);
        record(action, release, criterion);
        events.publishEvent(new ReleaseWritten(release));
        return criterion;
    }

    private void record(String action, Release release, Criterion criterion) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("release", release.number());
        facts.put("state", criterion.state().name());
        facts.put(criterion.content().owner() == null ? "group" : "person", criterion.asked());
        audit.recordState(action, criterion.number(), facts, criterion.fingerprint());
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException unknown(String what) {
        return ProblemException.notFound(
                "criterion-not-found",
                "No such criterion",
                what + "; GET /api/v1/releases/{number}/criteria lists them.");
    }
}
