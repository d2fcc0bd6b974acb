package io.gatehouse.change;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which incidents changes caused. Whoever may, says so once the implementation has begun, however long ago that is. What
 * comes next of services, teams and templates is judged by it too, unless somebody says that it was wrong: then it stays
 * where it is and counts no longer.
 */
@Service
@Transactional
public class Incidents {

    private static final String LINK = "POST /api/v1/changes/{number}/incidents";
    private static final String REMOVE = LINK + "/{id}/removal";
    private static final int MOST = 100;

    private final Changes changes;
    private final ChangeOwnership ownership;
    private final Permissions permissions;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    Incidents(
            Changes changes,
            ChangeOwnership ownership,
            Permissions permissions,
            JdbcClient jdbc,
            AuditTrail audit,
            Clock clock) {
        this.changes = changes;
        this.ownership = ownership;
        this.permissions = permissions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Says that a change caused an incident.
     *
     * @throws ProblemException conflict if the change touched nothing yet, or if this is said already
     */
    public Incident link(
            Person person,
            String number,
            String reference,
            @Nullable String url,
            Incident.Severity severity,
            Instant openedAt) {
        Change change = changes.lock(number);
        permissions.require(LINK, person, () -> ownership.of(change));
        check(url, openedAt);
        requireTouched(change);
        requireNew(number, reference);
        long id = insert(
                change,
                reference,
                url,
                severity,
                openedAt.truncatedTo(ChronoUnit.MICROS),
                person.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        return recorded("change.IncidentLinked", change, id);
    }

    /**
     * Says that a link was wrong: it counts no longer, and may be made again.
     *
     * @param because why; kept with the link
     * @throws ProblemException not found if the change has no such link; conflict if it was taken back already
     */
    public Incident remove(Person person, String number, long id, String because) {
        Change change = changes.lock(number);
        permissions.require(REMOVE, person, () -> ownership.of(change));
        Incident linked = of(number).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "incident-not-found",
                        "No such incident",
                        "No incident " + id + " is linked to " + number
                                + "; GET /api/v1/changes/{number}/incidents lists them."));
        if (!linked.isInForce()) {
            throw ProblemException.conflict(
                    "incident-removed",
                    "Taken back already",
                    "The link of " + linked.reference() + " to " + number + " was taken back at " + linked.removedAt()
                            + " by " + linked.removedBy() + ".");
        }
        jdbc.sql(
                        """
                        update change_incident
                        set in_force = null, removed_by = ?, removed_at = ?, removed_because = ? where id = ?""")
                .params(person.id(), utc(clock.instant().truncatedTo(ChronoUnit.MICROS)), because, id)
                .update();
        return recorded("change.IncidentRemoved", change, id);
    }

    private Incident recorded(String action, Change change, long id) {
        Incident incident = of(change.number()).stream()
                .filter(one -> one.id() == id)
                .findFirst()
                .orElseThrow();
        audit.recordState(
                action,
                AuditTrail.numbered("incident", id),
                Map.of("change", change.number(), "severity", incident.severity()),
                fingerprint(change, incident));
        return incident;
    }

    /** A link that nobody took back has the digest that it had before links could be. */
    private static String fingerprint(Change change, Incident incident) {
        return Fingerprint.of(
                incident.id(),
                change.id(),
                incident.reference(),
                incident.url(),
                incident.severity(),
                incident.openedAt(),
                incident.linkedBy(),
                incident.linkedAt(),
                Stream.of(incident.removedBy(), incident.removedAt(), incident.removedBecause())
                        .filter(Objects::nonNull)
                        .toList());
    }

    private void check(@Nullable String url, Instant openedAt) {
        List<InvalidField> wrong = new ArrayList<>();
        if (url != null && !ChangeContentRules.isWebAddress(url)) {
            wrong.add(new InvalidField("url", "must be an http or https address"));
        }
        if (openedAt.isAfter(clock.instant())) {
            wrong.add(new InvalidField("openedAt", "must not be in the future"));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private static void requireTouched(Change change) {
        if (change.state().isBeforeImplement() || change.state() == ChangeState.CANCELED) {
            throw ProblemException.conflict(
                    "change-state",
                    "Not possible in this state",
                    change.number() + " is " + change.state() + ": it has touched nothing, so it caused no incident.");
        }
    }

    /** Under the lock of the change, so of two at once the second sees the first. */
    private void requireNew(String number, String reference) {
        List<Incident> known = of(number);
        if (known.stream().anyMatch(one -> one.isInForce() && one.reference().equalsIgnoreCase(reference))) {
            throw ProblemException.conflict(
                    "incident-linked", "Linked already", reference + " is linked to " + number + " already.");
        }
        if (known.size() >= MOST) {
            throw ProblemException.conflict(
                    "incidents-full",
                    "Too many incidents",
                    number + " has " + MOST + " incidents, those taken back included, which is most.");
        }
    }

    /** Those of a change, also links that were taken back, oldest first. */
    @Transactional(readOnly = true)
    public List<Incident> of(String number) {
        return jdbc.sql("select * from change_incident where change_id = ? order by id")
                .param(changes.glance(number).id())
                .query((row, i) -> incident(row))
                .list();
    }

    private long insert(
            Change change,
            String reference,
            @Nullable String url,
            Incident.Severity severity,
            Instant openedAt,
            String by,
            Instant at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into change_incident
                            (change_id, reference, url, severity, opened_at, linked_by, linked_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(change.id(), reference, url, severity.name(), utc(openedAt), by, utc(at))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    private static Incident incident(ResultSet row) throws SQLException {
        LocalDateTime removedAt = row.getObject("removed_at", LocalDateTime.class);
        return new Incident(
                row.getLong("id"),
                row.getString("reference"),
                row.getString("url"),
                Incident.Severity.valueOf(row.getString("severity")),
                row.getObject("opened_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString("linked_by"),
                row.getObject("linked_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString("removed_by"),
                removedAt == null ? null : removedAt.toInstant(ZoneOffset.UTC),
                row.getString("removed_because"));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
