package io.gatehouse.change;

import io.gatehouse.engine.CallableFromModels;
import java.util.Date;
import java.util.List;

/** What the diagrams ask about a change; every answer is read from our tables, none from a process variable. */
@CallableFromModels
class ChangeFacts {

    private final Changes changes;
    private final Approvals approvals;

    ChangeFacts(Changes changes, Approvals approvals) {
        this.changes = changes;
        this.approvals = approvals;
    }

    /** The seats that still have to decide, for "Approve change"; never empty. */
    public List<String> openSeats(String number) {
        List<String> seats = approvals.of(changes.glance(number)).stream()
                .filter(approval -> approval.decision() == Approval.Decision.PENDING)
                .map(Approval::seat)
                .toList();
        if (seats.isEmpty()) {
            throw new IllegalStateException("Nobody is asked to approve " + number + ", which would approve it");
        }
        return seats;
    }

    /** Whether the change was sent back to its requester: rejected, revised, or without a slot. */
    public boolean sentBack(String number) {
        return changes.glance(number).returnedBecause() != null;
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
