package io.gatehouse.change;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * The small board that authorises emergency changes: as many of its seats as the policy says must approve, whoever they
 * are, and one that rejects is enough.
 */
@Component
class Ecab {

    private final Emergencies emergencies;
    private final Approvals approvals;
    private final Duties duties;
    private final Clock clock;

    Ecab(Emergencies emergencies, Approvals approvals, Duties duties, Clock clock) {
        this.emergencies = emergencies;
        this.approvals = approvals;
        this.duties = duties;
        this.clock = clock;
    }

    /** Whether there is nothing left to decide: enough have approved, or one has rejected. */
    boolean decided(Change change) {
        return rejected(change) || approvalsOf(change).size() >= needed(change);
    }

    boolean rejected(Change change) {
        return approvals.of(change).stream().anyMatch(seat -> seat.decision() == Approval.Decision.REJECTED);
    }

    /** Whether enough approvals count at this moment, and nobody has rejected it. */
    boolean approves(Change change) {
        long counting = approvalsOf(change).stream()
                .map(seat -> Objects.requireNonNull(seat.person()))
                .filter(person -> !duties.wrote(change, person) && !duties.ruled(change, person))
                .count();
        return !rejected(change) && counting >= needed(change);
    }

    /** Whether the policy lets it be started at this moment without anybody having decided about it. */
    boolean letsItStartUnapproved(Change change) {
        return emergencies.get(change).approveWithin() != null
                && !clock.instant().isBefore(change.window().startsAt())
                && approvals.of(change).stream().allMatch(seat -> seat.decision() == Approval.Decision.PENDING);
    }

    /** Notes, when its implementation begins, that it still has to be approved, if so. */
    void begun(Change change) {
        if (!approves(change)) {
            emergencies.begunUnapproved(change);
        }
    }

    /** Whether it was started before it was approved, and still is not. */
    boolean isStillToApprove(Change change) {
        Emergency emergency = emergencies.get(change);
        return emergency.approveBy() != null && emergency.unauthorisedBecause() == null && !decided(change);
    }

    /**
     * Asks the further seats of the policy, once.
     *
     * @return false if there are none left
     */
    boolean askMore(Change change) {
        Emergency emergency = emergencies.get(change);
        if (emergency.moreSeats().isEmpty()) {
            return false;
        }
        approvals.ask(change, emergency.moreSeats());
        emergencies.askedMore(change, emergency);
        return true;
    }

    /** Whoever implemented it does not say afterwards that it was right to. */
    void admitAfterwards(Change change, String person) {
        if (duties.implemented(change, person)) {
            throw Approvals.refused(
                    "You implemented " + change.number() + ", so somebody else has to approve it afterwards.");
        }
    }

    private List<Approval> approvalsOf(Change change) {
        return approvals.of(change).stream()
                .filter(seat -> seat.decision() == Approval.Decision.APPROVED)
                .toList();
    }

    private int needed(Change change) {
        return emergencies.get(change).approvalsNeeded();
    }
}
