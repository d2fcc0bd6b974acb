package io.gatehouse.calendar;

import io.gatehouse.change.Authorization;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.EvidenceFiles;
import io.gatehouse.change.Prerequisite;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Gives changes their slot and lets them start in it, or sends them back with the reason. */
@Service
@Transactional
public class Slots {

    private final Changes changes;
    private final Authorization authorization;
    private final EvidenceFiles evidence;
    private final Freezes freezes;
    private final FreezeExemptions exemptions;
    private final ServiceCalendars calendars;
    private final List<Prerequisite> prerequisites;
    private final Clock clock;

    Slots(
            Changes changes,
            Authorization authorization,
            EvidenceFiles evidence,
            Freezes freezes,
            FreezeExemptions exemptions,
            ServiceCalendars calendars,
            List<Prerequisite> prerequisites,
            Clock clock) {
        this.changes = changes;
        this.authorization = authorization;
        this.evidence = evidence;
        this.freezes = freezes;
        this.exemptions = exemptions;
        this.calendars = calendars;
        this.prerequisites = prerequisites;
        this.clock = clock;
    }

    /** What became of an attempt to start. */
    public enum Start {
        STARTED,
        TOO_EARLY,
        ON_HOLD,
        /** Something must be done first; the change waits for it. */
        NOT_READY,
        SENT_BACK
    }

    /** Schedules a change in its window, unless a freeze or another scheduled change of the same service is in the way. */
    public void reserve(String number) {
        Change change = changes.withDetails(changes.lock(number));
        calendars.lock(change.services());
        Optional<String> obstacle = freeze(change).or(() -> conflict(change));
        if (obstacle.isPresent()) {
            changes.sendBack(change, "Its window is not free: " + obstacle.get());
        } else {
            changes.schedule(change);
        }
    }

    /**
     * Begins the implementation if everything still holds at this very moment: the window is open, no freeze has been
     * declared, every approval counts, the evidence is what was approved, nobody has put the change on hold,
     * everything is done that must be done before.
     *
     * @param mayWait whether its process has a place to wait for what must be done before; a change without one is sent
     *     back and told what that is
     */
    public Start start(String number, boolean mayWait) {
        Change change = changes.withDetails(changes.lock(number));
        Instant now = clock.instant();
        if (change.state() == ChangeState.NEW) {
            return Start.SENT_BACK;
        }
        if (change.onHoldBecause() != null) {
            return Start.ON_HOLD;
        }
        if (now.isBefore(change.window().startsAt())) {
            return Start.TOO_EARLY;
        }
        Optional<String> obstacle = missed(change, now)
                .or(() -> frozen(change, now))
                .or(() -> unauthorised(change))
                .or(() -> evidence.lostSinceApproval(change));
        if (obstacle.isPresent()) {
            changes.sendBack(change, obstacle.get());
            return Start.SENT_BACK;
        }
        Optional<String> missing = prerequisites.stream()
                .flatMap(prerequisite -> prerequisite.missing(change).stream())
                .findFirst();
        if (missing.isPresent() && mayWait) {
            return Start.NOT_READY;
        }
        if (missing.isPresent()) {
            changes.sendBack(change, "It cannot start yet, and its process has no place to wait: " + missing.get());
            return Start.SENT_BACK;
        }
        changes.beginImplementation(change);
        return Start.STARTED;
    }

    private static Optional<String> missed(Change change, Instant now) {
        return change.window().isOverAt(now)
                ? Optional.of("Its window closed at " + change.window().endsAt() + " before it could start.")
                : Optional.empty();
    }

    private Optional<String> freeze(Change change) {
        return freezes.against(change).stream()
                .filter(freeze -> !exemptions.exempts(freeze, change.number()))
                .findFirst()
                .map(freeze -> sentence(freeze, change));
    }

    private Optional<String> frozen(Change change, Instant now) {
        return freezes.against(change).stream()
                .filter(freeze -> freeze.isInForceAt(now))
                .filter(freeze -> !exemptions.exempts(freeze, change.number()))
                .findFirst()
                .map(freeze -> sentence(freeze, change));
    }

    /** Whoever is in an emergency is told what can be done about it. */
    private static String sentence(Freeze freeze, Change change) {
        return change.type() == ChangeType.EMERGENCY
                ? freeze.sentence() + ". It holds for emergencies too, until a change manager lifts it"
                        + " or a break-glass overrides it (OVERRIDE_FREEZE at " + freeze.storedId() + ")"
                : freeze.sentence();
    }

    private Optional<String> unauthorised(Change change) {
        return authorization.holds(change) ? Optional.empty() : Optional.of("Its approvals no longer count.");
    }

    private Optional<String> conflict(Change change) {
        return changes.overlaps(change).stream()
                .filter(other -> other.state() == ChangeState.SCHEDULED || other.state() == ChangeState.IMPLEMENT)
                .findFirst()
                .map(other -> other.number() + " (" + other.title() + ") changes " + other.service() + " from "
                        + other.window().startsAt() + " to " + other.window().endsAt());
    }
}
