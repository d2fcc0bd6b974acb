package io.gatehouse.change;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People authorise a change or send it back. */
@Service
@Transactional
public class Authorization {

    private final Changes changes;
    private final Approvals approvals;
    private final ChangeTemplates templates;
    private final TemplateEligibility eligibility;
    private final Duties duties;
    private final PolicyVersions policies;
    private final Ecab ecab;
    private final Emergencies emergencies;
    private final VotingBoards boards;

    Authorization(
            Changes changes,
            Approvals approvals,
            ChangeTemplates templates,
            TemplateEligibility eligibility,
            Duties duties,
            PolicyVersions policies,
            Ecab ecab,
            Emergencies emergencies,
            VotingBoards boards) {
        this.changes = changes;
        this.ecab = ecab;
        this.emergencies = emergencies;
        this.approvals = approvals;
        this.eligibility = eligibility;
        this.duties = duties;
        this.policies = policies;
        this.boards = boards;
        this.templates = templates;
    }

    /**
     * Records what a person in a seat says. The first rejection sends the change back, whatever the others said; but for
     * an emergency that was begun already, which nobody can take back.
     */
    public void decide(String number, String seat, Person person, boolean approved, String reason) {
        Change change = changes.lock(number);
        approvals.decide(change, seat, person, approved, reason);
        if (!approved && change.state().isBeforeImplement()) {
            changes.sendBack(change, seat + " rejected it: " + reason);
        }
    }

    /** Records what a board's vote came to. A rejection sends the change back; one that is deferred goes on waiting. */
    public void decideByVote(String number, String board, BoardOutcome outcome, String reason) {
        Change change = changes.lock(number);
        if (outcome == BoardOutcome.DEFERRED) {
            return;
        }
        approvals.decideByVote(change, board, outcome.approves(), reason);
        if (!outcome.approves()) {
            changes.sendBack(change, "The board " + board + " rejected it: " + reason);
        }
    }

    /** Sends a standard change back when its template is no longer in use, or not for this requester. */
    public void checkTemplate(String number) {
        Change change = changes.withDetails(changes.lock(number));
        if (!templates.isActive(Objects.requireNonNull(change.template()))) {
            changes.sendBack(change, "Its template " + change.template() + " is no longer active.");
            return;
        }
        eligibility
                .refusal(change)
                .ifPresent(reason -> changes.sendBack(
                        change, "It may not be made by the template " + change.template() + ": " + reason + "."));
    }

    /** Refuses whoever must not approve an emergency change that was begun already. */
    public void admitAfterwards(String number, Person person) {
        Change change = changes.lock(number);
        approvals.admit(change, person);
        ecab.admitAfterwards(change, person.id());
    }

    /** The time box of an emergency change is over: asks the further seats of the policy, or sends it back. */
    public void askMoreSeats(String number) {
        Change change = changes.lock(number);
        change.requireNotOnHold();
        if (!ecab.askMore(change)) {
            changes.sendBack(change, "Not enough seats decided in time.");
        }
    }

    /** An emergency change that was begun before it was approved was rejected, or the time for that is over. */
    public void noteMissingApproval(String number) {
        Change change = changes.lock(number);
        emergencies.unauthorised(
                change, ecab.rejected(change) ? Emergency.Unauthorised.REJECTED : Emergency.Unauthorised.NOT_IN_TIME);
    }

    /**
     * Whether every seat of the present round has approved; asked again before anything reaches an environment. It no
     * longer counts what was said by somebody who has come to answer for the tool that wrote the change, nor what a
     * policy says that is of their making. A standard change has no seats: its template authorises it, as long as it is
     * active. Of the seats of an emergency change as many must have approved as the policy says, or it may be begun
     * before that.
     */
    @Transactional(readOnly = true)
    public boolean holds(Change change) {
        if (change.type() == ChangeType.STANDARD) {
            return templates.isActive(Objects.requireNonNull(change.template()));
        }
        if (change.type() == ChangeType.EMERGENCY) {
            return (ecab.approves(change) || ecab.letsItStartUnapproved(change))
                    && policies.authorisedImpartially(change);
        }
        List<Approval> seats = approvals.of(change);
        return !seats.isEmpty()
                && seats.stream().allMatch(seat -> counts(change, seat))
                && policies.authorisedImpartially(change);
    }

    /** Refuses whoever has voted on the change in its present round to implement it. */
    public void requireNoVoteBy(Change change, Person person) {
        if (approvals.boardAsked(change).isPresent()
                && boards.hasVoted(change.number(), change.approvalRound(), person.id())) {
            throw ProblemException.forbidden(
                    "segregation-of-duties",
                    "Segregation of duties",
                    "You voted on " + change.number() + ", so somebody else has to implement it.");
        }
    }

    private boolean counts(Change change, Approval seat) {
        if (seat.decision() != Approval.Decision.APPROVED) {
            return false;
        }
        return Approvals.boardOf(seat.seat())
                .map(board -> boards.objection(
                                new VotingBoards.Vote(change.number(), change.approvalRound(), board, change.scope()),
                                person -> isConflicted(change, person))
                        .isEmpty())
                .orElseGet(() -> !isConflicted(change, Objects.requireNonNull(seat.person())));
    }

    private boolean isConflicted(Change change, String person) {
        return duties.wrote(change, person) || duties.ruled(change, person);
    }
}
