package io.gatehouse.release.document;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The tickets and commits in the packages of releases, each time the whole list. */
@Service
@Transactional
public class Tickets {

    private static final String PUT = "PUT /api/v1/releases/{number}/tickets";

    private final TicketRows rows;
    private final Releases releases;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Tickets(
            TicketRows rows,
            Releases releases,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * What the package of a release is made of.
     *
     * @throws ProblemException 404 as long as nobody has said so
     */
    @Transactional(readOnly = true)
    public TicketList of(String number) {
        return rows.find(releases.find(number).stored())
                .orElseThrow(() -> ProblemException.notFound(
                        "tickets-not-found", "No tickets", "Nobody has said what is in " + number + " yet."));
    }

    /** Says anew what the package of a release is made of, until it is confirmed. */
    public TicketList put(String number, List<ReleaseTicket> tickets, Precondition precondition) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(PUT, person);
        Release release = releases.lock(number);
        requireOpen(release);
        Optional<TicketList> before = rows.find(release.stored());
        before.ifPresentOrElse(list -> precondition.check(list.version()), precondition::checkAbsent);
        check(release, tickets);
        TicketList list = new TicketList(
                release.stored(),
                before.map(TicketList::version).orElse(0L) + 1,
                Objects.requireNonNull(person).id(),
                now(),
                List.copyOf(tickets));
        before.ifPresentOrElse(any -> rows.update(list), () -> rows.insert(list));
        audit.recordState(
                "release.TicketsListed",
                "tickets-" + release.stored(),
                Map.of("release", number, "version", list.version(), "tickets", tickets.size()),
                list.fingerprint());
        return list;
    }

    private static void requireOpen(Release release) {
        if (release.state() != ReleaseState.PLANNED && release.state() != ReleaseState.PREPARING) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    release.number() + " is " + release.state() + "; what is in its package stays as it is.");
        }
    }

    private static void check(Release release, List<ReleaseTicket> tickets) {
        List<InvalidField> wrong = new ArrayList<>();
        Set<List<Object>> seen = new HashSet<>();
        for (ReleaseTicket one : tickets) {
            if (!release.content().services().contains(one.service())) {
                wrong.add(new InvalidField(
                        "tickets", "must be of services in the package, not of '" + one.service() + "'"));
            } else if (!seen.add(List.of(one.service(), one.kind(), one.key()))) {
                wrong.add(
                        new InvalidField("tickets", "must be each once for a service, not '" + one.key() + "' again"));
            }
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
