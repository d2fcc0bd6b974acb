package io.gatehouse.release.risk;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseWritten;
import io.gatehouse.release.Releases;
import io.gatehouse.release.train.Days;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The register of what may go wrong with each release, and of what has. Whoever writes in one locks its release first, and
 * writes an audit entry in the same transaction.
 */
@Service
@Transactional
public class RiskRegister {

    private static final String RAISE = "POST /api/v1/releases/{number}/risks";
    private static final String REWRITE = "PUT /api/v1/releases/{number}/risks/{risk}";
    private static final String ASSESS = "POST /api/v1/releases/{number}/risks/{risk}/assessments";
    private static final String CLOSE = "POST /api/v1/releases/{number}/risks/{risk}/closure";

    /** Whoever may do this to a release may write in each entry of its register. */
    private static final String LEAD = "PUT /api/v1/releases/{number}";

    private static final int MOST = 200;
    private static final int MOST_ASSESSMENTS = 200;

    private final RiskRows rows;
    private final Releases releases;
    private final People people;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    RiskRegister(
            RiskRows rows,
            Releases releases,
            People people,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.people = people;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** The register of a release: what is open first, and of that the greatest. */
    @Transactional(readOnly = true)
    public List<RiskEntry> of(String number) {
        return of(releases.find(number));
    }

    List<RiskEntry> of(Release release) {
        return rows.of(release.stored()).stream()
                .sorted(Comparator.comparing(RiskEntry::isOpen)
                        .thenComparing(entry -> entry.present().rating())
                        .reversed())
                .toList();
    }

    /** An entry of a release, or the problem {@code risk-not-found}. */
    @Transactional(readOnly = true)
    public RiskEntry find(String number, String risk) {
        return find(releases.find(number), risk);
    }

    private RiskEntry find(Release release, String risk) {
        return RiskEntry.findId(risk).stream()
                .boxed()
                .flatMap(id -> rows.find(release.stored(), id).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "risk-not-found",
                        "No such entry",
                        "The register of " + release.number() + " has no entry " + risk
                                + "; numbers look like RISK-000123, also those of issues."));
    }

    /** Raises a risk or an issue, with what it is judged to be. */
    public RiskEntry raise(
            String number, RiskEntry.Kind kind, RiskContent content, @Nullable Integer likelihood, int consequence) {
        Person person = admitted(RAISE);
        Release release = lockUnlessOver(number);
        check(kind, content, null);
        checkLikelihood(kind, likelihood);
        if (rows.of(release.stored()).size() >= MOST) {
            throw ProblemException.conflict(
                    "too-many-risks", "Too many entries", number + " has " + MOST + " entries, which is most.");
        }
        RiskEntry raised = rows.insert(RiskEntry.raise(
                release.stored(),
                kind,
                content,
                new RiskAssessment(likelihood, consequence, person.id(), now(), null)));
        record("release.RiskRaised", release, raised);
        return raised;
    }

    /** Writes an entry anew, whose version the caller has read. */
    public RiskEntry rewrite(String number, String risk, RiskContent content, Precondition precondition) {
        return change(REWRITE, "release.RiskRewritten", number, risk, entry -> {
            precondition.check(entry.version());
            RiskEntry described = entry.describe(content, now());
            check(entry.kind(), content, entry.content());
            return described;
        });
    }

    /** Judges an entry anew; what it was judged to be before stays on record. */
    public RiskEntry assess(
            String number, String risk, @Nullable Integer likelihood, int consequence, @Nullable String note) {
        RiskEntry assessed = change(ASSESS, "release.RiskAssessed", number, risk, entry -> {
            checkLikelihood(entry.kind(), likelihood);
            if (entry.assessments().size() >= MOST_ASSESSMENTS) {
                throw ProblemException.conflict(
                        "too-many-assessments",
                        "Too many assessments",
                        risk + " was judged " + MOST_ASSESSMENTS
                                + " times, which is most; close it and raise another.");
            }
            RiskEntry again = entry.assess(
                    new RiskAssessment(likelihood, consequence, admitted(ASSESS).id(), now(), note));
            rows.assess(again);
            return again;
        });
        return assessed;
    }

    /** Closes an entry: it is over, with a note that says how. */
    public RiskEntry close(String number, String risk, String note) {
        return change(
                CLOSE,
                "release.RiskClosed",
                number,
                risk,
                entry -> entry.close(new RiskEntry.Closing(admitted(CLOSE).id(), now(), note)));
    }

    private RiskEntry change(
            String operation, String action, String number, String risk, UnaryOperator<RiskEntry> step) {
        Person person = admitted(operation);
        Release release = lockUnlessOver(number);
        RiskEntry entry = find(release, risk);
        requireMayWrite(person, entry);
        RiskEntry changed = step.apply(entry);
        rows.update(changed);
        record(action, release, changed);
        return changed;
    }

    private void requireMayWrite(Person person, RiskEntry entry) {
        if (!person.id().equals(entry.content().owner()) && !permissions.allowsAll(LEAD, person)) {
            throw ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    "Only its owner, " + entry.content().owner() + ", and who leads releases write in " + entry.number()
                            + ".");
        }
    }

    private Release lockUnlessOver(String number) {
        Release release = releases.lock(number);
        if (release.state().isFinal()) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    number + " is " + release.state() + "; its register stays as it is.");
        }
        return release;
    }

    private void check(RiskEntry.Kind kind, RiskContent content, @Nullable RiskContent before) {
        List<InvalidField> wrong = new ArrayList<>();
        if ((before == null || !before.owner().equals(content.owner())) && !people.isActive(content.owner())) {
            wrong.add(new InvalidField("owner", "must be somebody who can sign in"));
        }
        if (content.blocker() && kind == RiskEntry.Kind.RISK) {
            wrong.add(new InvalidField("blocker", "must be false of a risk: only what has happened blocks a release"));
        }
        if (content.knownIssue() && kind == RiskEntry.Kind.RISK) {
            wrong.add(new InvalidField("knownIssue", "must be false of a risk: release notes say what has happened"));
        }
        if (content.dueOn() != null) {
            Days.check("dueOn", content.dueOn(), wrong);
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private static void checkLikelihood(RiskEntry.Kind kind, @Nullable Integer likelihood) {
        if ((kind == RiskEntry.Kind.RISK) != (likelihood != null)) {
            throw ProblemException.invalid(
                    "likelihood", "must be given of a risk, 1 to 5, and not of an issue, which has happened");
        }
    }

    private void record(String action, Release release, RiskEntry entry) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("release", release.number());
        facts.put("kind", entry.kind().name());
        facts.put("person", entry.content().owner());
        facts.put("rating", entry.present().rating());
        facts.put("blocker", entry.isBlocker());
        audit.recordState(action, entry.number(), facts, entry.fingerprint());
        events.publishEvent(new ReleaseWritten(release));
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
