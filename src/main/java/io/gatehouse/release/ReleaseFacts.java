package io.gatehouse.release;

import io.gatehouse.engine.CallableFromModels;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;

/** What the diagram asks about a release; every answer is read from our tables, none from a process variable. */
@CallableFromModels
class ReleaseFacts {

    private final Releases releases;
    private final ProductionChanges changes;

    ReleaseFacts(Releases releases, ProductionChanges changes) {
        this.releases = releases;
        this.changes = changes;
    }

    /** When its package should be confirmed: at the end of its readiness date, in UTC. */
    public Date packageDueAt(String number) {
        return Date.from(releases.find(number)
                .content()
                .readyOn()
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant());
    }

    /** Whether its package is fixed, for "Package confirmed?". */
    public boolean packageConfirmed(String number) {
        return releases.find(number).state() == ReleaseState.TESTING;
    }

    /** Whether its seats let it go into production, for "Go?". */
    public boolean goes(String number) {
        return releases.find(number).state() == ReleaseState.DEPLOYING;
    }

    /** Whether it may go, but not yet, for "Waits?". */
    public boolean waits(String number) {
        return releases.find(number).state() == ReleaseState.WAITING;
    }

    /** When its window is over; the engine keeps whole seconds, and its timer must not be early. */
    public Date windowEndsAt(String number) {
        return Date.from(releases.find(number)
                .content()
                .window()
                .endsAt()
                .plusMillis(999)
                .truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether its change has put it into production, for "In production?". */
    public boolean inProduction(String number) {
        return changes.succeeded(number);
    }
}
