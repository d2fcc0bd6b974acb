package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Artifact;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What somebody wants in a package whose scope is fixed. A release manager and a product owner have to agree, neither of
 * them whoever asked; what was tested and decided about the package before is then worth nothing any more.
 */
@Service
@Transactional
public class ScopeChanges {

    private static final String REQUEST = "POST /api/v1/releases/{number}/scope-changes";
    private static final String WITHDRAW = "POST /api/v1/releases/{number}/scope-changes/{scope}/withdrawal";

    private final ScopeChangeRows rows;
    private final Releases releases;
    private final ReleaseRules rules;
    private final PackageScope scope;
    private final Stages stages;
    private final GoNoGoDecisions decisions;
    private final ReleaseProcess process;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    ScopeChanges(
            ScopeChangeRows rows,
            Releases releases,
            ReleaseRules rules,
            PackageScope scope,
            Stages stages,
            GoNoGoDecisions decisions,
            ReleaseProcess process,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.rules = rules;
        this.scope = scope;
        this.stages = stages;
        this.decisions = decisions;
        this.process = process;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Of a release, oldest first. */
    @Transactional(readOnly = true)
    public List<ScopeChange> of(String number) {
        return rows.of(releases.find(number).stored());
    }

    /** The scope change of this number, or the problem {@code scope-change-not-found}. */
    @Transactional(readOnly = true)
    public ScopeChange get(String number) {
        return ScopeChange.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.find(id).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "scope-change-not-found",
                        "No such scope change",
                        "There is no scope change " + number
                                + "; GET /api/v1/releases/{number}/scope-changes lists them."));
    }

    /**
     * Locks a release that has such a scope change.
     *
     * @throws ProblemException 404 if it has not
     */
    public void requireOf(String number, String scopeChange) {
        Release release = releases.lock(number);
        if (!get(scopeChange).release().equals(release.stored())) {
            throw ProblemException.notFound(
                    "scope-change-not-found",
                    "No such scope change",
                    number + " has no scope change " + scopeChange + ".");
        }
    }

    /**
     * Asks for another package.
     *
     * @throws ProblemException conflict if the scope is not fixed, is on its way into production, or somebody has asked
     *     already; invalid if there could be no such package
     */
    public ScopeChange request(String number, List<Artifact> items, String reason) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(REQUEST, person);
        Release release = releases.lock(number);
        if (release.state() != ReleaseState.PREPARING
                && release.state() != ReleaseState.TESTING
                && release.state() != ReleaseState.DECIDING
                && release.state() != ReleaseState.WAITING) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    number + " is " + release.state()
                            + ", so its package cannot be altered any more, or need not be asked for.");
        }
        if (PackageScope.altered(release.content().items(), items).isEmpty()) {
            throw ProblemException.invalid("items", "must not be the package that it has");
        }
        if (scope.fixedBecause(release, items, today()).isEmpty()) {
            throw ProblemException.conflict(
                    "scope-open",
                    "Scope not fixed",
                    "The package of " + number + " can be written anew: PUT /api/v1/releases/" + number + ".");
        }
        List<InvalidField> wrong = rules.breachesOfItems(items);
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
        long id = insert(release, items, reason, Objects.requireNonNull(person));
        record("release.ScopeChangeRequested", id);
        ScopeChange requested = rows.find(id).orElseThrow();
        process.startScopeChange(requested.number());
        return requested;
    }

    private long insert(Release release, List<Artifact> items, String reason, Person person) {
        try {
            return rows.insert(release.stored(), items, reason, person.id(), now());
        } catch (DuplicateKeyException e) {
            throw ProblemException.conflict(
                    "scope-change-open",
                    "Asked for already",
                    "Another scope change of " + release.number() + " is open; wait for it, or have it withdrawn.");
        }
    }

    /** Refuses whoever must not decide for a seat now. */
    public void admit(String number, String seat, Person person) {
        ScopeChange change = lock(number);
        if (change.requestedBy().equals(person.id())) {
            throw refused("You have asked for it, so somebody else has to agree.");
        }
        if (change.decisions().stream().anyMatch(decision -> decision.person().equals(person.id()))) {
            throw refused("You have decided already; a person fills one seat.");
        }
        if (!change.isOpen() || !change.openSeats().contains(seat)) {
            throw refused("The seat " + seat + " has decided, or is not asked.");
        }
    }

    /** Decides for a seat. */
    public void decide(String number, String seat, Person person, boolean approved, String reason) {
        admit(number, seat, person);
        ScopeChange change = lock(number);
        try {
            rows.decide(change.id(), new ScopeChange.Decision(seat, person.id(), approved, reason, now()));
        } catch (DuplicateKeyException e) {
            throw refused("That seat has decided, or you have; each decides once.");
        }
        record("release.ScopeChangeDecided", change.id());
    }

    /** Whoever asked for it wants it no longer. */
    public ScopeChange withdraw(String number, String reason) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(WITHDRAW, person);
        ScopeChange change = lock(number);
        if (!change.requestedBy().equals(Objects.requireNonNull(person).id())) {
            throw refused("Only whoever asked for " + number + " withdraws it; its seats can reject it.");
        }
        if (!change.isOpen()) {
            throw ProblemException.conflict(
                    "scope-change-state",
                    "Not possible in this state",
                    number + " is " + change.state() + " and cannot be withdrawn.");
        }
        end(change, ScopeChange.State.WITHDRAWN, reason);
        process.scopeChangeIsWithdrawn(number);
        return get(number);
    }

    /**
     * Puts what its seats agreed on into the package, or says that it does not come in.
     *
     * @throws IllegalStateException while one of them has still something to say, whatever a diagram draws
     */
    public void settle(String number) {
        ScopeChange change = lock(number);
        if (!change.isOpen()) {
            return;
        }
        if (!change.isSettled()) {
            throw new IllegalStateException("The seats of " + number + " are still deciding");
        }
        Release release = releases.lock(releaseOf(change));
        if (change.isRejected()) {
            String because = change.decisions().stream()
                    .filter(decision -> !decision.approved())
                    .map(decision -> decision.seat() + ": " + decision.reason())
                    .collect(Collectors.joining("; "));
            end(change, ScopeChange.State.REJECTED, because);
            return;
        }
        whyTooLate(release, change)
                .ifPresentOrElse(
                        because -> end(change, ScopeChange.State.TOO_LATE, because), () -> apply(release, change));
    }

    private Optional<String> whyTooLate(Release release, ScopeChange change) {
        return switch (release.state()) {
            case PREPARING, TESTING, DECIDING, WAITING -> rules.breachesOfItems(change.items()).stream()
                    .map(field -> field.field() + " " + field.message())
                    .reduce((one, other) -> one + "; " + other);
            case PLANNED, DEPLOYING, CLOSED, RETIRED -> Optional.of(release.number() + " is " + release.state() + ".");
        };
    }

    private void apply(Release release, ScopeChange change) {
        String because = change.number() + " has changed its scope: " + change.reason();
        stages.dropCurrent(release, because);
        decisions.dropCurrent(release, because);
        releases.changeScope(release.number(), change.items(), change.requestedBy(), because);
        end(change, ScopeChange.State.APPLIED, null);
        process.scopeIsChanged(release.number());
    }

    /** Asks again whose process somebody has deleted. */
    void takeUp(String number) {
        ScopeChange change = lock(number);
        if (change.isOpen() && !process.exists(number)) {
            record("release.ScopeChangeProcessLost", change.id());
            if (change.isSettled()) {
                settle(number);
            } else {
                process.startScopeChange(number);
            }
        }
    }

    /** The number of the release that it is about. */
    @Transactional(readOnly = true)
    public String releaseOf(String number) {
        return releaseOf(get(number));
    }

    private static String releaseOf(ScopeChange change) {
        return ReleaseNumber.of(change.release());
    }

    private ScopeChange lock(String number) {
        releases.lock(releaseOf(get(number)));
        return get(number);
    }

    private void end(ScopeChange change, ScopeChange.State state, @Nullable String because) {
        rows.end(change.id(), state, because, now());
        record("release.ScopeChangeEnded", change.id());
    }

    private void record(String action, long id) {
        ScopeChange change = rows.find(id).orElseThrow();
        Map<String, Object> facts = new TreeMap<>();
        facts.put("release", releaseOf(change));
        facts.put("state", change.state().name());
        facts.put("decisions", change.decisions().size());
        audit.recordState(action, change.number(), facts, change.fingerprint());
        events.publishEvent(new ReleaseWritten(releases.find(releaseOf(change))));
    }

    private LocalDate today() {
        return now().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException refused(String detail) {
        return ProblemException.forbidden("segregation-of-duties", "Segregation of duties", detail);
    }
}
