package io.gatehouse.release;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decisions about whether releases go into production. A vote counts because it is a row here; whoever writes one locks
 * the release first, so that two who vote in the same instant come one after the other.
 */
@Service
@Transactional
public class GoNoGoDecisions {

    private static final Duration LONGEST_VOTE = Duration.ofDays(3);
    private static final Duration SHORTEST_VOTE = Duration.ofHours(1);

    private final GoNoGoRows rows;
    private final Releases releases;
    private final ReadinessHistory readiness;
    private final Stages stages;
    private final StageEntries entries;
    private final ReleaseProcess process;
    private final SeatDelegations delegations;
    private final OwnerRules owners;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    GoNoGoDecisions(
            GoNoGoRows rows,
            Releases releases,
            ReadinessHistory readiness,
            Stages stages,
            StageEntries entries,
            ReleaseProcess process,
            SeatDelegations delegations,
            OwnerRules owners,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.readiness = readiness;
        this.stages = stages;
        this.entries = entries;
        this.process = process;
        this.delegations = delegations;
        this.owners = owners;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** How ready a release is at the moment. */
    @Transactional(readOnly = true)
    public Readiness readinessOf(String number) {
        return readiness.of(releases.find(number));
    }

    /** How ready a release was found to be, newest first; the latest fifty times that it had changed. */
    @Transactional(readOnly = true)
    public List<ReadinessNote> readinessNotesOf(String number) {
        return readiness.notesOf(releases.find(number));
    }

    /** Every decision about a release, oldest first. */
    @Transactional(readOnly = true)
    public List<GoNoGo> of(String number) {
        return rows.of(releases.find(number).stored());
    }

    /**
     * Asks the seats of a release, and freezes the readiness that they see. What was asked before and not concluded,
     * because its process is gone, is a no-go.
     */
    public void open(String number) {
        Release release = stages.decide(number);
        Instant now = now();
        int round = 1;
        GoNoGo before = rows.newest(release.stored()).orElse(null);
        if (before != null) {
            round = before.round() + 1;
            if (before.minutes() == null) {
                decide(before, GoNoGoOutcome.NO_GO, "Its process was deleted, so the seats were asked again.");
                dropConditions(release);
                write(release);
            }
        }
        rows.open(
                release,
                round,
                now,
                closesAt(release.content().window().startsAt(), now),
                GoNoGo.Frozen.of(readiness.note(release).text()));
        record("release.DecisionOpened", present(release), Map.of());
    }

    /** Until the window opens, and not longer than three days; never less than an hour. */
    static Instant closesAt(Instant windowOpens, Instant now) {
        Instant latest = now.plus(LONGEST_VOTE);
        Instant closes = windowOpens.isBefore(latest) ? windowOpens : latest;
        Instant earliest = now.plus(SHORTEST_VOTE);
        // The engine keeps whole seconds, and its timer must not be early.
        return (closes.isBefore(earliest) ? earliest : closes).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Refuses whoever must not vote for a seat now. */
    public void admit(String number, String seat, Person person) {
        Release release = releases.lock(number);
        inPlaceOf(release, open(release), seat, person);
    }

    /**
     * In whose place somebody votes who has not the role of the seat; nobody's if they have.
     *
     * @throws ProblemException forbidden if they must not vote for it now
     */
    private @Nullable String inPlaceOf(Release release, GoNoGo decision, String seat, Person person) {
        decision.voteOf(person.id()).ifPresent(vote -> {
            throw refused(
                    vote.person().equals(person.id())
                            ? "You have voted as " + vote.seat() + "; a person fills one seat."
                            : vote.person() + " has voted as " + vote.seat()
                                    + " in your place; a person fills one seat.");
        });
        if (!decision.openSeats().contains(seat)) {
            throw refused("The seat " + seat + " has voted, or is none of this decision.");
        }
        if (person.isIn(seat)) {
            return null;
        }
        List<String> represented = delegations.representedBy(person.id(), release, seat);
        if (represented.isEmpty()) {
            throw refused("You are not " + seat + ", and nobody who is has you vote in their place now. What its"
                    + " manager and authors have said for others does not count.");
        }
        return represented.stream()
                .filter(one -> decision.voteOf(one).isEmpty())
                .findFirst()
                .orElseThrow(() -> refused("In whose place you could vote has filled a seat; a person fills one."));
    }

    /** Votes for a seat. */
    public void vote(String number, String seat, Person person, GoNoGoVote vote, String reason, List<Demand> demands) {
        Release release = releases.lock(number);
        GoNoGo decision = open(release);
        String inPlaceOf = inPlaceOf(release, decision, seat, person);
        check(release, vote, demands);
        try {
            rows.cast(decision, new SeatVote(seat, person.id(), inPlaceOf, vote, reason, now()));
        } catch (DuplicateKeyException e) {
            throw refused("That seat has voted, or you have; each has one vote.");
        }
        int position = decision.conditions().size();
        for (Demand demand : demands) {
            rows.demand(decision, ++position, seat, demand);
        }
        Map<String, Object> facts =
                new TreeMap<>(Map.of("seat", seat, "vote", vote.name(), "conditions", demands.size()));
        if (inPlaceOf != null) {
            facts.put("member", inPlaceOf);
        }
        record("release.SeatVoted", present(release), facts);
    }

    private void check(Release release, GoNoGoVote vote, List<Demand> demands) {
        if (vote == GoNoGoVote.CONDITIONAL_GO && demands.isEmpty()) {
            throw ProblemException.invalid("conditions", "must say on which conditions it may go");
        }
        if (vote != GoNoGoVote.CONDITIONAL_GO && !demands.isEmpty()) {
            throw ProblemException.invalid("conditions", "must be empty unless the vote is CONDITIONAL_GO");
        }
        for (int i = 0; i < demands.size(); i++) {
            check(release, "conditions[" + i + "].", demands.get(i));
        }
    }

    private void check(Release release, String field, Demand demand) {
        owners.check(ReleaseModel.MEET_CONDITION, field, demand.owner(), demand.ownerGroup());
        if (!demand.dueAt().isAfter(now())
                || demand.dueAt().isAfter(release.content().window().endsAt())) {
            throw ProblemException.invalid(
                    field + "dueAt", "must be in the future, and not after the window of the release");
        }
    }

    /** Whether nothing is left to be said, for the diagram. */
    boolean settled(GoNoGo decision) {
        return decision.count(now()).settled();
    }

    /**
     * Counts the votes. A release that goes on conditions waits for them; of any other, that is the end of it.
     *
     * @throws IllegalStateException while something is left to be said, whatever a diagram draws
     */
    public void count(String number) {
        Release release = releases.lock(number);
        GoNoGo decision = open(release);
        GoNoGoCount count = decision.count(now());
        if (!count.settled()) {
            throw new IllegalStateException("The seats of " + number + " are still voting");
        }
        GoNoGoCount.Result result = count.result();
        decide(decision, result.outcome(), result.reason());
        if (result.outcome() == GoNoGoOutcome.CONDITIONAL_GO) {
            decision.conditions().forEach(condition -> process.startCondition(condition.number()));
        } else {
            dropConditions(release);
        }
    }

    /** The condition of this number, or the problem {@code condition-not-found}. */
    @Transactional(readOnly = true)
    public GoCondition condition(String number) {
        return GoCondition.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.condition(id).stream())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "condition-not-found",
                        "No such condition",
                        "There is no condition " + number + "; GET /api/v1/releases/{number}/decisions lists them."));
    }

    /**
     * Locks a release that has such a condition.
     *
     * @throws ProblemException 404 if it has not
     */
    public void requireConditionOf(String number, String condition) {
        Release release = releases.lock(number);
        if (!releaseOf(condition).equals(release.number())) {
            throw ProblemException.notFound(
                    "condition-not-found", "No such condition", number + " has no condition " + condition + ".");
        }
    }

    /** The number of the release that a condition is about. */
    @Transactional(readOnly = true)
    public String releaseOf(String condition) {
        return ReleaseNumber.of(rows.releaseOf(condition(condition).id()).orElseThrow());
    }

    /** Refuses whoever comes too late to meet a condition. */
    public void admit(String condition) {
        Release release = lockReleaseOf(condition);
        if (release.state() != ReleaseState.DECIDING || !condition(condition).isOpen()) {
            throw ProblemException.conflict(
                    "condition-state",
                    "Not possible in this state",
                    condition + " is " + condition(condition).state() + " and can be met no longer.");
        }
    }

    /** A condition is met; with the last of them the release goes. */
    public void meet(String number, Person person, String note) {
        Release release = lockReleaseOf(number);
        GoCondition condition = condition(number);
        rows.end(condition.end(GoCondition.State.MET, person.id(), now(), note));
        GoNoGo decision = present(release);
        record("release.ConditionMet", decision, Map.of("position", condition.position()));
        if (!decision.isPending()) {
            process.conditionsAreSettled(release.number());
        }
    }

    /** The time of a condition has run out, which makes a no-go of the go. */
    public void lapse(String number) {
        Release release = lockReleaseOf(number);
        GoCondition condition = condition(number);
        if (!condition.isOpen()) {
            return;
        }
        rows.end(condition.end(GoCondition.State.LAPSED, null, now(), null));
        decide(
                present(release),
                GoNoGoOutcome.NO_GO,
                "Condition " + condition.position() + " was not met in time: "
                        + condition.demand().demanded());
        dropConditions(release);
        process.conditionsAreSettled(release.number());
    }

    /**
     * Writes the minutes, which stay as they are, and lets the release go or gives it back.
     *
     * @throws IllegalStateException before the votes are counted and every condition is met, whatever a diagram draws
     */
    public void conclude(String number) {
        Release release = releases.lock(number);
        GoNoGo decision = present(release);
        if (decision.isOpen() || decision.isPending()) {
            throw new IllegalStateException("It is not decided yet whether " + number + " goes");
        }
        write(release);
        events.publishEvent(new ReleaseReached(release, Moment.DECISION_TAKEN));
        if (decision.outcome() == GoNoGoOutcome.NO_GO) {
            releases.giveBack(number, shortened("No-go: " + decision.reason()));
        } else {
            entries.enterProduction(number);
        }
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(text.length(), 1000));
    }

    private void write(Release release) {
        GoNoGo decision = present(release);
        rows.write(decision, GoNoGo.Frozen.of(GoNoGoMinutes.of(release, decision)));
        record("release.MinutesWritten", present(release), Map.of());
    }

    private void decide(GoNoGo decision, GoNoGoOutcome outcome, String reason) {
        rows.decide(decision, outcome, shortened(reason), now());
        record("release.Decided", reread(decision), Map.of("outcome", outcome.name()));
    }

    private void dropConditions(Release release) {
        GoNoGo decision = present(release);
        List<GoCondition> open =
                decision.conditions().stream().filter(GoCondition::isOpen).toList();
        if (!open.isEmpty()) {
            open.forEach(condition -> rows.end(condition.end(GoCondition.State.DROPPED, null, now(), null)));
            record("release.ConditionsDropped", present(release), Map.of());
            open.forEach(condition -> process.dropCondition(condition.number()));
        }
    }

    /** Whatever its seats are in the middle of deciding about is another package now, so it is a no-go. */
    void dropCurrent(Release release, String because) {
        rows.newest(release.stored())
                .filter(decision -> decision.minutes() == null)
                .ifPresent(decision -> {
                    decide(decision, GoNoGoOutcome.NO_GO, because);
                    dropConditions(release);
                    write(release);
                });
    }

    /** Asks for a condition again whose process somebody has deleted. */
    void takeUp(String number) {
        Release release = lockReleaseOf(number);
        if (condition(number).isOpen() && present(release).isPending() && !process.exists(number)) {
            record("release.ConditionProcessLost", present(release), Map.of());
            process.startCondition(number);
        }
    }

    /** The newest decision about a release. */
    GoNoGo present(Release release) {
        return rows.newest(release.stored())
                .orElseThrow(() -> new IllegalStateException("Nobody decides about " + release.number()));
    }

    private GoNoGo reread(GoNoGo decision) {
        return rows.of(decision.release()).stream()
                .filter(found -> found.id() == decision.id())
                .findFirst()
                .orElseThrow();
    }

    private GoNoGo open(Release release) {
        return rows.newest(release.stored())
                .filter(GoNoGo::isOpen)
                .orElseThrow(() -> ProblemException.conflict(
                        "no-vote", "No vote", "Nobody is asked to vote on " + release.number() + "."));
    }

    private Release lockReleaseOf(String condition) {
        return releases.lock(releaseOf(condition));
    }

    private void record(String action, GoNoGo decision, Map<String, ?> more) {
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("release", ReleaseNumber.of(decision.release()));
        facts.put("round", decision.round());
        audit.recordState(action, AuditTrail.numbered("go-no-go", decision.id()), facts, decision.fingerprint());
    }

    /** Records that the current person opened the form of a seat, once for each decision. */
    public void viewed(String number, String seat) {
        rows.newest(releases.find(number).stored())
                .ifPresent(decision -> audit.recordOnce(
                        "release.DecisionViewed",
                        AuditTrail.numbered("go-no-go", decision.id()),
                        Map.of("release", number, "seat", seat)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException refused(String detail) {
        return ProblemException.forbidden("segregation-of-duties", "Segregation of duties", detail);
    }
}
