package io.gatehouse.change;

import io.gatehouse.access.Person;
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
    private final Duties duties;
    private final PolicyVersions policies;

    Authorization(
            Changes changes, Approvals approvals, ChangeTemplates templates, Duties duties, PolicyVersions policies) {
        this.changes = changes;
        this.approvals = approvals;
        this.duties = duties;
        this.policies = policies;
        this.templates = templates;
    }

    /** Records what a person in a seat says. The first rejection sends the change back, whatever the others said. */
    public void decide(String number, String seat, Person person, boolean approved, String reason) {
        Change change = changes.lock(number);
        approvals.decide(change, seat, person, approved, reason);
        if (!approved) {
            changes.sendBack(change, seat + " rejected it: " + reason);
        }
    }

    /** Sends a standard change back when its template has been retired meanwhile. */
    public void checkTemplate(String number) {
        Change change = changes.lock(number);
        if (!templates.isActive(Objects.requireNonNull(change.template()))) {
            changes.sendBack(change, "Its template " + change.template() + " is no longer active.");
        }
    }

    /**
     * Whether every seat of the present round has approved; asked again before anything reaches an environment. It no
     * longer counts what was said by somebody who has come to answer for the tool that wrote the change, nor what a
     * policy says that is of their making. A standard change has no seats: its template authorises it, as long as it is
     * active.
     */
    @Transactional(readOnly = true)
    public boolean holds(Change change) {
        if (change.type() == ChangeType.STANDARD) {
            return templates.isActive(Objects.requireNonNull(change.template()));
        }
        List<Approval> seats = approvals.of(change);
        return !seats.isEmpty()
                && seats.stream().allMatch(seat -> counts(change, seat))
                && policies.authorisedImpartially(change);
    }

    private boolean counts(Change change, Approval seat) {
        if (seat.decision() != Approval.Decision.APPROVED) {
            return false;
        }
        String person = Objects.requireNonNull(seat.person());
        return !duties.wrote(change, person) && !duties.ruled(change, person);
    }
}
