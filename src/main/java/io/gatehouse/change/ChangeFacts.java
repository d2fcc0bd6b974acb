package io.gatehouse.change;

import io.gatehouse.engine.CallableFromModels;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What the diagrams ask about a change; every answer is read from our tables, none from a process variable. */
@CallableFromModels
class ChangeFacts {

    private final Changes changes;
    private final Approvals approvals;
    private final Ecab ecab;
    private final Emergencies emergencies;

    ChangeFacts(Changes changes, Approvals approvals, Ecab ecab, Emergencies emergencies) {
        this.changes = changes;
        this.ecab = ecab;
        this.emergencies = emergencies;
        this.approvals = approvals;
    }

    /** The seats that still have to decide, for "Approve change"; never empty. A board has a vote of its own. */
    public List<String> openSeats(String number) {
        List<String> seats = pending(number)
                .filter(seat -> Approvals.boardOf(seat).isEmpty())
                .toList();
        if (seats.isEmpty()) {
            throw new IllegalStateException("Nobody is asked to approve " + number + ", which would approve it");
        }
        return seats;
    }

    /** Whether a board still has to vote on it, for "Approved?". */
    public boolean boardToAsk(String number) {
        return pending(number).anyMatch(seat -> Approvals.boardOf(seat).isPresent());
    }

    private Stream<String> pending(String number) {
        return approvals.of(changes.glance(number)).stream()
                .filter(approval -> approval.decision() == Approval.Decision.PENDING)
                .map(Approval::seat);
    }

    /** Whether the change was sent back to its requester: rejected, revised, or without a slot. */
    public boolean sentBack(String number) {
        return changes.glance(number).returnedBecause() != null;
    }

    /** Whether the seats of an emergency have nothing left to decide: enough have approved, or one has rejected. */
    public boolean seatsDecided(String number) {
        return ecab.decided(changes.glance(number));
    }

    /** Whether a seat of an emergency has rejected it. */
    public boolean rejected(String number) {
        return ecab.rejected(changes.glance(number));
    }

    /** Whether an emergency may be started at once, and be approved afterwards. */
    public boolean mayStartUnapproved(String number) {
        return ecab.letsItStartUnapproved(changes.glance(number));
    }

    /** Whether an emergency was started before it was approved, and still is to be. */
    public boolean approvalDue(String number) {
        return ecab.isStillToApprove(changes.glance(number));
    }

    /** When whoever has a seat of an emergency should have decided, which is before their time is over. */
    public Date decisionDueAt(String number) {
        return Date.from(emergencies.get(changes.glance(number)).decisionDueAt());
    }

    /** When the time of the seats of an emergency is over that is not begun yet. */
    public Date timeBoxEndsAt(String number) {
        return Date.from(emergencies.get(changes.glance(number)).timeBoxEndsAt());
    }

    /** Until when an emergency that was started before it was approved must be. */
    public Date approveBy(String number) {
        return Date.from(
                Objects.requireNonNull(emergencies.get(changes.glance(number)).approveBy()));
    }

    /** The moment at which the implementation may start. */
    public Date windowOpensAt(String number) {
        return Date.from(changes.glance(number).window().startsAt());
    }

    /** Whether the implementation has begun. */
    public boolean implementing(String number) {
        return changes.glance(number).state() == ChangeState.IMPLEMENT;
    }
}
