package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who answers for a role about releases in the place of somebody who is away. A role has many members, so nobody has to
 * be absent for it: whoever is represented must have the role at the moment that counts, and what they may not do
 * themselves their delegate does not do for them.
 */
@Service
@Transactional
public class SeatDelegations {

    private static final String GIVE = "POST /api/v1/release-delegations";
    private static final String WITHDRAW = "POST /api/v1/release-delegations/{id}/withdrawal";
    private static final Duration LONGEST = Duration.ofDays(366);

    private final SeatDelegationRows rows;
    private final People people;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    SeatDelegations(
            SeatDelegationRows rows,
            People people,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.people = people;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Has somebody answer in the place of another. Everybody says it for themselves; for others a release manager does.
     *
     * @param person in whose place; of the current person if absent
     * @param from from now on if absent
     */
    public SeatDelegation give(
            String seat, @Nullable String person, String delegate, @Nullable Instant from, Instant until) {
        Person caller = admitted(GIVE);
        String represented = person == null ? caller.id() : person;
        requireTheirs(caller, represented);
        Instant now = now();
        Instant begin = from == null ? now : from.truncatedTo(ChronoUnit.MICROS);
        Instant end = until.truncatedTo(ChronoUnit.MICROS);
        check(seat, represented, caller, delegate, begin, end, now);
        SeatDelegation given = rows.insert(
                new SeatDelegation(0, seat, represented, delegate, begin, end, caller.id(), now, null, null));
        record("release.DelegationGiven", given);
        return given;
    }

    private void check(
            String seat, String person, Person caller, String delegate, Instant from, Instant until, Instant now) {
        List<InvalidField> wrong = new ArrayList<>();
        if (!permissions.isRole(seat) || !permissions.mayBeAsked(ReleaseModel.VOTE, seat)) {
            wrong.add(new InvalidField("seat", "must be a role that may vote on releases"));
        } else if (!has(person, seat)) {
            wrong.add(new InvalidField("person", "must be somebody who can sign in and has the role " + seat));
        }
        if (delegate.equals(person)) {
            wrong.add(new InvalidField("delegate", "must be somebody else"));
        } else if (delegate.equals(caller.id())) {
            wrong.add(new InvalidField("delegate", "must be somebody else than you, who say so for " + person));
        } else if (!people.isActive(delegate)) {
            wrong.add(new InvalidField("delegate", "must be somebody who can sign in"));
        } else {
            permissions
                    .unanswerable(ReleaseModel.VOTE, delegate, people.groupsOf(delegate))
                    .ifPresent(why -> wrong.add(new InvalidField("delegate", "must be somebody who may vote: " + why)));
        }
        if (!until.isAfter(from) || !until.isAfter(now)) {
            wrong.add(new InvalidField("until", "must be after from, and in the future"));
        } else if (Duration.between(from, until).compareTo(LONGEST) > 0) {
            wrong.add(new InvalidField("until", "must be at most " + LONGEST.toDays() + " days after from"));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    /** Ends a delegation before its time; what the delegate has said stays. */
    public SeatDelegation withdraw(long id) {
        Person caller = admitted(WITHDRAW);
        SeatDelegation delegation = rows.lock(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "delegation-not-found",
                        "No such delegation",
                        "There is no delegation " + id + "; GET /api/v1/release-delegations lists them."));
        requireTheirs(caller, delegation.person());
        Instant now = now();
        if (!delegation.isOpenAt(now)) {
            throw ProblemException.conflict(
                    "delegation-over", "Delegation over", "The delegation " + id + " has ended already.");
        }
        SeatDelegation withdrawn = delegation.withdrawn(caller.id(), now);
        rows.withdraw(withdrawn);
        record("release.DelegationWithdrawn", withdrawn);
        return withdrawn;
    }

    private void requireTheirs(Person caller, String person) {
        if (!caller.id().equals(person) && !permissions.allowsAll(GIVE, caller)) {
            throw ProblemException.forbidden(
                    "not-yours",
                    "Not yours",
                    "Who answers for " + person + " is said by themselves or by a release manager.");
        }
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<SeatDelegation> list(PageQuery page) {
        return page.page(rows.list(page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()), SeatDelegation::id);
    }

    /** The ids of those in whose place somebody may answer for a role about a release at this moment. */
    @Transactional(readOnly = true)
    List<String> representedBy(String delegate, Release release, String seat) {
        return holding(release, seat)
                .filter(one -> one.delegate().equals(delegate))
                .map(SeatDelegation::person)
                .distinct()
                .toList();
    }

    /** The ids of those who may answer for a role about a release at this moment in the place of others. */
    @Transactional(readOnly = true)
    Set<String> delegatesFor(Release release, String seat) {
        return holding(release, seat).map(SeatDelegation::delegate).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether anybody answers in the place of somebody, or did within a day. Asked so often, it saves being read-only. */
    @Transactional
    boolean anyOfLately() {
        Instant now = clock.instant();
        return rows.anyHeld(now.minus(Duration.ofDays(1)), now);
    }

    private Stream<SeatDelegation> holding(Release release, String seat) {
        return rows.at(seat, clock.instant()).stream()
                .filter(one -> one.countsFor(release))
                .filter(one -> has(one.person(), seat));
    }

    private boolean has(String person, String seat) {
        return people.isActive(person) && people.groupsOf(person).contains(seat);
    }

    private void record(String action, SeatDelegation delegation) {
        audit.recordState(
                action,
                delegation.object(),
                Map.of(
                        "seat", delegation.seat(),
                        "member", delegation.person(),
                        "delegate", delegation.delegate(),
                        "from", delegation.from().toString(),
                        "until", delegation.until().toString()),
                delegation.fingerprint());
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
