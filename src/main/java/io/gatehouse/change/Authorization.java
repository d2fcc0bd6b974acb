package io.gatehouse.change;

import io.gatehouse.access.Person;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** People authorise a change or send it back. */
@Service
@Transactional
public class Authorization {

    private final Changes changes;
    private final Approvals approvals;

    Authorization(Changes changes, Approvals approvals) {
        this.changes = changes;
        this.approvals = approvals;
    }

    /** Records what a person in a seat says. The first rejection sends the change back, whatever the others said. */
    public void decide(String number, String seat, Person person, boolean approved, String reason) {
        Change change = changes.lock(number);
        approvals.decide(change, seat, person, approved, reason);
        if (!approved) {
            changes.sendBack(change, seat + " rejected it: " + reason);
        }
    }

    /**
     * Whether every seat of the present round has approved; asked again before anything reaches an environment. A
     * standard change was authorised with its template and has no seats.
     */
    @Transactional(readOnly = true)
    public boolean holds(Change change) {
        var seats = approvals.of(change);
        return (change.type() == ChangeType.STANDARD || !seats.isEmpty())
                && seats.stream().allMatch(seat -> seat.decision() == Approval.Decision.APPROVED);
    }
}
