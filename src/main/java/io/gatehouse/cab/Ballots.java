package io.gatehouse.cab;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.gatehouse.access.Person;
import io.gatehouse.access.PersonStates;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Authorization;
import io.gatehouse.change.BoardChangeViewed;
import io.gatehouse.change.BoardOutcome;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangePolicy;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTask.ConditionKey;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Duties;
import io.gatehouse.change.Prerequisite;
import io.gatehouse.engine.NamedTasks;
import io.gatehouse.engine.ParkedTasks;
import io.gatehouse.engine.ProcessMessages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Votes of boards about changes. A vote counts because it is a row here; whoever writes one locks the change first, so
 * that two who vote in the same instant come one after the other, and the second finds what the first has settled.
 */
@Service
@Transactional
public class Ballots {

    private static final Duration AFTER_A_HOLD = Duration.ofDays(1);

    private final BallotRows rows;
    private final Boards boards;
    private final VotingTime votingTime;
    private final Changes changes;
    private final Approvals approvals;
    private final Authorization authorization;
    private final ChangeTasks changeTasks;
    private final ChangePolicy policy;
    private final Duties duties;
    private final PersonStates states;
    private final ProcessMessages messages;
    private final NamedTasks named;
    private final ParkedTasks tasks;
    private final AuditTrail audit;
    private final Clock clock;

    Ballots(
            BallotRows rows,
            Boards boards,
            VotingTime votingTime,
            Changes changes,
            Approvals approvals,
            Authorization authorization,
            ChangeTasks changeTasks,
            ChangePolicy policy,
            Duties duties,
            PersonStates states,
            ProcessMessages messages,
            NamedTasks named,
            ParkedTasks tasks,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.boards = boards;
        this.votingTime = votingTime;
        this.changes = changes;
        this.approvals = approvals;
        this.authorization = authorization;
        this.changeTasks = changeTasks;
        this.policy = policy;
        this.duties = duties;
        this.states = states;
        this.messages = messages;
        this.named = named;
        this.tasks = tasks;
        this.audit = audit;
        this.clock = clock;
    }

    /** Has the board vote that the change waits for. Is there nobody who may, it is deferred at once. */
    public void open(String number) {
        Change change = changes.lock(number);
        String key = approvals
                .boardAsked(change)
                .orElseThrow(() -> new IllegalStateException("No board is asked about " + number));
        Optional<Board> board = boards.find(key).filter(Board::active);
        Instant now = now();
        Ballot opened = rows.open(Ballot.draft(
                number,
                change.approvalRound(),
                present(change).map(Ballot::ballot).orElse(0) + 1,
                key,
                board.map(Board::minimumVotes).orElse(1),
                change.scope(),
                now,
                board.map(one -> votingTime.closesAt(one, change.window().startsAt(), now))
                        .orElse(now),
                board.map(Board::seats).orElse(List.of()).stream()
                        .map(seat -> new BallotSeat(seat.seat(), seat.veto(), seat.required()))
                        .toList()));
        SortedMap<String, String> voters = voters(change, opened);
        record("cab.BallotOpened", opened, Map.of("board", key, "voters", named(voters)));
        if (voters.isEmpty()) {
            conclude(change, opened, BoardOutcome.DEFERRED, "nobody of the board may vote");
        }
    }

    /** As the trail takes them: a person stands under a name that says so, and becomes a number. */
    private static List<Map<String, String>> named(SortedMap<String, String> voters) {
        return voters.entrySet().stream()
                .map(voter -> Map.of("seat", voter.getKey(), "voter", voter.getValue()))
                .toList();
    }

    /** The newest vote about a change in its present round. */
    @Transactional(readOnly = true)
    Optional<Ballot> present(Change change) {
        return rows.newest(change.number()).filter(ballot -> ballot.round() == change.approvalRound());
    }

    /** Every vote about a change, oldest first. */
    @Transactional(readOnly = true)
    public List<BallotView> viewsOf(String number) {
        Change change = changes.glance(number);
        List<Ballot> all = rows.of(number);
        Map<ConditionKey, String> numbers =
                all.stream().allMatch(ballot -> ballot.conditions().isEmpty())
                        ? Map.of()
                        : changeTasks.numbersOfConditions(change);
        return all.stream().map(ballot -> view(change, ballot, numbers)).toList();
    }

    private BallotView view(Change change, Ballot ballot, Map<ConditionKey, String> numbers) {
        boolean counts = ballot.round() == change.approvalRound() && change.returnedBecause() == null;
        Map<String, String> voters = counts && ballot.isOpen() ? voters(change, ballot) : Map.of();
        return new BallotView(
                ballot.round(),
                ballot.ballot(),
                ballot.board(),
                counts,
                ballot.openedAt(),
                ballot.closesAt(),
                ballot.minimumVotes(),
                ballot.tally(voters).quorumReached(),
                ballot.outcome(),
                ballot.reason(),
                ballot.decidedAt(),
                ballot.settledBy(),
                ballot.settledBecause(),
                ballot.seats().stream()
                        .map(seat ->
                                new BallotView.Seat(seat.seat(), seat.veto(), seat.required(), voters.get(seat.seat())))
                        .toList(),
                ballot.votes().stream()
                        .map(vote -> new BallotView.Said(
                                vote.seat(), vote.person(), vote.vote(), vote.reason(), vote.castAt()))
                        .toList(),
                ballot.conditions().stream()
                        .map(one -> new BallotView.Demanded(
                                one.position(),
                                one.seat(),
                                one.demanded(),
                                numbers.get(new ConditionKey(ballot.round(), one.position())),
                                one.metBy(),
                                one.metAt(),
                                one.metNote()))
                        .toList());
    }

    /**
     * The seat that a task asks for its vote.
     *
     * @param groups whom the task asks
     */
    public static String seatOf(String number, Set<String> groups) {
        return groups.stream()
                .filter(SeatName::isOne)
                .map(SeatName::seatOf)
                .findFirst()
                .orElseThrow(() -> noVote(number));
    }

    /**
     * Who has the vote of each seat that has not voted: its member or, if that is absent, may not come in any more or must
     * not vote on this change, its first delegate who can. Nobody votes twice, nor after filling another seat of the same round.
     */
    SortedMap<String, String> voters(Change change, Ballot ballot) {
        Set<String> barred = new HashSet<>(duties.partial(change));
        approvals.of(change).stream()
                .map(Approval::person)
                .filter(Objects::nonNull)
                .forEach(barred::add);
        ballot.votes().forEach(vote -> barred.add(vote.person()));
        Set<String> seats = ballot.seats().stream().map(BallotSeat::seat).collect(toSet());
        SortedMap<String, String> voters = boards.find(ballot.board())
                .filter(Board::active)
                .map(board -> {
                    barred.addAll(states.disabledAmong(board.people()));
                    return voters(board, now(), barred, votedSeats(ballot));
                })
                .orElseGet(TreeMap::new);
        voters.keySet().retainAll(seats);
        return voters;
    }

    private static Set<String> votedSeats(Ballot ballot) {
        return ballot.votes().stream().map(BallotVote::seat).collect(toSet());
    }

    /**
     * Who has the vote of each seat.
     *
     * @param barred who must not vote, or has
     * @param voted the seats that have voted
     */
    static SortedMap<String, String> voters(Board board, Instant at, Set<String> barred, Set<String> voted) {
        return board.votersAt(at, barred::contains, seat -> !voted.contains(seat)).stream()
                .collect(toMap(Voter::seat, Voter::person, (one, other) -> one, TreeMap::new));
    }

    /** Who chairs the board that votes on the change, now: its member or, while that is away, a delegate. */
    @Transactional(readOnly = true)
    public Optional<String> chair(String number) {
        return present(changes.glance(number))
                .flatMap(ballot -> boards.find(ballot.board()))
                .flatMap(board -> board.chairAt(now(), states.disabledAmong(board.people())))
                .map(Voter::person);
    }

    /** Whether nothing that may still be said could turn the vote. */
    boolean isSettled(Change change, Ballot ballot) {
        return !ballot.isOpen() || ballot.tally(voters(change, ballot)).settled();
    }

    /** The changes about which a vote is open. */
    @Transactional
    List<String> underVote() {
        return rows.underVote();
    }

    /** Asks those by name who have the vote of a seat now, where somebody has gone away or come back since it began. */
    void offerAnew(String number) {
        Change change = changes.lock(number);
        present(change).filter(Ballot::isOpen).ifPresent(ballot -> voters(change, ballot)
                .forEach((seat, voter) -> {
                    if (named.ask(number, "CastVote", SeatName.of(ballot.board(), seat), voter)) {
                        audit.record(
                                "cab.VoteOffered",
                                AuditTrail.numbered("ballot", ballot.id()),
                                Map.of("change", number, "seat", seat, "voter", voter));
                    }
                }));
    }

    /** Records that the current person opened the form of a seat's vote, once for each vote. */
    public void viewed(String number, String seat) {
        present(changes.glance(number)).ifPresent(ballot -> viewed(ballot, seat));
    }

    /** Likewise for whoever looks over the API at what their vote is wanted about. */
    public void viewed(Change change, Person person) {
        present(change).filter(Ballot::isOpen).ifPresent(ballot -> voters(change, ballot)
                .forEach((seat, voter) -> {
                    if (voter.equals(person.id())) {
                        viewed(ballot, seat);
                    }
                }));
    }

    @EventListener
    void viewed(BoardChangeViewed seen) {
        viewed(seen.change(), seen.person());
    }

    private void viewed(Ballot ballot, String seat) {
        audit.recordOnce(
                "cab.BallotViewed",
                AuditTrail.numbered("ballot", ballot.id()),
                Map.of("change", ballot.number(), "round", ballot.round(), "ballot", ballot.ballot(), "seat", seat));
    }

    /** Refuses whoever has not the vote of this seat now. */
    public void admit(String number, String seat, Person person) {
        Change change = changes.lock(number);
        admit(change, open(change), seat, person);
    }

    private void admit(Change change, Ballot ballot, String seat, Person person) {
        approvals.admit(change, person);
        if (duties.implemented(change, person.id())) {
            throw refused("You implemented " + change.number() + ", so you have no vote on it.");
        }
        ballot.voteBy(person.id()).ifPresent(vote -> {
            throw refused("You voted on " + change.number() + " as " + vote.seat() + "; a person has one vote.");
        });
        if (!person.id().equals(voters(change, ballot).get(seat))) {
            throw refused("The vote of the seat " + seat + " on " + change.number() + " is not yours at the moment.");
        }
    }

    /** Casts the vote of a seat. */
    public void cast(String number, String seat, Person person, Vote vote, String reason, List<String> conditions) {
        Change change = changes.lock(number);
        Ballot ballot = open(change);
        admit(change, ballot, seat, person);
        check(ballot, seat, vote, conditions);
        try {
            rows.cast(ballot, new BallotVote(seat, person.id(), vote, reason, now(), change.scope()));
        } catch (DuplicateKeyException e) {
            throw refused("That seat of " + number + " has voted, or you have; each has one vote.");
        }
        int before = rows.conditionsIn(number, ballot.round());
        List<Condition> demanded = new ArrayList<>();
        conditions.forEach(condition ->
                demanded.add(new Condition(before + demanded.size() + 1, seat, condition, null, null, null)));
        rows.demand(ballot, demanded);
        Map<String, Object> facts = new TreeMap<>();
        facts.put("seat", seat);
        facts.put("vote", vote.name());
        facts.put("conditions", demanded.size());
        represented(ballot, seat, person).ifPresent(member -> facts.put("member", member));
        record("cab.VoteCast", reread(ballot), facts);
    }

    /** For whom a delegate votes; empty where it is the member. */
    private Optional<String> represented(Ballot ballot, String seat, Person voter) {
        return boards.find(ballot.board()).stream()
                .flatMap(board -> board.members().stream())
                .filter(member -> member.seat().equals(seat))
                .map(BoardMember::person)
                .filter(member -> !member.equals(voter.id()))
                .findFirst();
    }

    private static void check(Ballot ballot, String seat, Vote vote, List<String> conditions) {
        boolean mayVeto = ballot.seats().stream().anyMatch(one -> one.seat().equals(seat) && one.veto());
        if (vote == Vote.VETO && !mayVeto) {
            throw ProblemException.invalid(
                    "vote", "must not be VETO: the seat " + seat + " has none. REJECT counts as much.");
        }
        if (vote != Vote.APPROVE && !conditions.isEmpty()) {
            throw ProblemException.invalid("conditions", "must be empty unless you approve; say it in the reason");
        }
    }

    /** Says by the policy what the vote came to. Without a quorum or a majority nothing is approved, whatever it says. */
    public void decide(String number) {
        Change change = changes.lock(number);
        Ballot ballot = open(change);
        Tally tally = ballot.tally(voters(change, ballot));
        Map.Entry<BoardOutcome, String> answer = policy.decideCabOutcome(
                number,
                Map.of(
                        "quorumReached", tally.quorumReached(),
                        "approvals", tally.approvals(),
                        "rejections", tally.rejections(),
                        "abstentions", tally.abstentions(),
                        "vetoed", tally.vetoed(),
                        "conditions", ballot.conditions().size(),
                        "deadlinePassed", !now().isBefore(ballot.closesAt())));
        if (answer.getKey().approves() && !tally.carries()) {
            conclude(change, ballot, BoardOutcome.DEFERRED, "the votes carry no approval");
        } else if (answer.getKey() == BoardOutcome.APPROVED
                && !ballot.conditions().isEmpty()) {
            conclude(change, ballot, BoardOutcome.APPROVED_WITH_CONDITIONS, answer.getValue());
        } else {
            conclude(change, ballot, answer.getKey(), answer.getValue());
        }
    }

    private void conclude(Change change, Ballot ballot, BoardOutcome outcome, String reason) {
        rows.decide(ballot, outcome, reason, now());
        record("cab.BallotDecided", reread(ballot), Map.of("outcome", outcome.name()));
        authorization.decideByVote(change.number(), ballot.board(), outcome, reason);
        if (outcome == BoardOutcome.APPROVED_WITH_CONDITIONS) {
            ballot.conditions().forEach(one -> changeTasks.addForCondition(change, one.position(), one.demanded()));
        }
    }

    /**
     * Gives the board a day more, because the time ran out while the change was on hold. Half of it is left when who has
     * not voted is late.
     */
    public void extend(String number) {
        Ballot ballot = open(changes.lock(number));
        Instant now = now();
        rows.extend(ballot, now.plus(AFTER_A_HOLD));
        tasks.restore(number, Date.from(now.plus(AFTER_A_HOLD.dividedBy(2))));
        record("cab.BallotExtended", reread(ballot), Map.of());
    }

    /** Says how it goes on after a vote that came to nothing: another one, or back to the requester. */
    public void settle(String number, Person person, boolean voteAgain, String reason) {
        Change change = changes.lock(number);
        change.requireNotOnHold();
        Ballot ballot = present(change)
                .filter(found -> found.outcome() == BoardOutcome.DEFERRED && found.settledBy() == null)
                .orElseThrow(() -> noVote(number));
        rows.settle(ballot, person.id(), reason, now());
        record("cab.DeferralSettled", reread(ballot), Map.of("voteAgain", voteAgain));
        if (!voteAgain) {
            changes.sendBack(change, "The board " + ballot.board() + " decided nothing: " + reason);
        }
    }

    /** Says that a condition is met; the change looks again whether it may start once all are. */
    public void meet(String number, int position, Person person, String note) {
        Change change = changes.lock(number);
        if (duties.wrote(change, person.id())) {
            throw refused(
                    "You raised " + number + ", wrote in it or answer for a tool that did, so somebody else has to"
                            + " say that its conditions are met.");
        }
        Ballot ballot = conditional(change).stream()
                .filter(found -> found.conditions().stream().anyMatch(one -> one.position() == position))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "condition-not-found",
                        "No such condition",
                        number + " has no condition " + position + " in its present round; GET"
                                + " /api/v1/changes/{number}/votes lists them."));
        if (ballot.unmet().stream().noneMatch(one -> one.position() == position)) {
            throw ProblemException.conflict(
                    "condition-met", "Met already", "Condition " + position + " of " + number + " is met already.");
        }
        rows.met(ballot, position, person.id(), now(), note);
        record("cab.ConditionMet", reread(ballot), Map.of("position", position));
        changeTasks.accept(change, position, person, note);
        if (unmet(change).isEmpty() && change.state() == ChangeState.SCHEDULED) {
            messages.send(Prerequisite.MET, number);
        }
    }

    /** What was demanded of a change in its present round and is not met. */
    List<Condition> unmet(Change change) {
        return conditional(change).stream()
                .flatMap(ballot -> ballot.unmet().stream())
                .toList();
    }

    private List<Ballot> conditional(Change change) {
        return rows.of(change.number()).stream()
                .filter(ballot -> ballot.round() == change.approvalRound()
                        && ballot.outcome() == BoardOutcome.APPROVED_WITH_CONDITIONS)
                .toList();
    }

    private Ballot open(Change change) {
        return present(change).filter(Ballot::isOpen).orElseThrow(() -> noVote(change.number()));
    }

    private Ballot reread(Ballot ballot) {
        return rows.newest(ballot.number())
                .filter(found -> found.id() == ballot.id())
                .or(() -> rows.of(ballot.number()).stream()
                        .filter(found -> found.id() == ballot.id())
                        .findFirst())
                .orElseThrow();
    }

    private void record(String action, Ballot ballot, Map<String, ?> facts) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("change", ballot.number());
        all.put("round", ballot.round());
        all.put("ballot", ballot.ballot());
        audit.recordState(action, AuditTrail.numbered("ballot", ballot.id()), all, ballot.fingerprint());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException noVote(String number) {
        return ProblemException.conflict("no-vote", "No vote", "No board is voting on " + number + ".");
    }

    private static ProblemException refused(String detail) {
        return ProblemException.forbidden("segregation-of-duties", "Segregation of duties", detail);
    }
}
