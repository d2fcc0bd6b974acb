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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which incidents changes caused. Whoever may, says so once the implementation has begun, however long ago that is; nothing
 * of it is altered or taken away. What comes next of services, teams and templates is judged by it too.
 */
@Service
@Transactional
public class Incidents {

    private static final String LINK = "POST /api/v1/changes/{number}/incidents";
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
        Incident incident = new Incident(
                0,
                reference,
                url,
                severity,
                openedAt.truncatedTo(ChronoUnit.MICROS),
                person.id(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        long id = insert(change, incident);
        audit.recordState(
                "change.IncidentLinked",
                AuditTrail.numbered("incident", id),
                Map.of("change", number, "severity", severity),
                Fingerprint.of(
                        id,
                        change.id(),
                        reference,
                        url,
                        severity,
                        incident.openedAt(),
                        incident.linkedBy(),
                        incident.linkedAt()));
        return of(number).stream().filter(one -> one.id() == id).findFirst().orElseThrow();
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
        if (known.stream().anyMatch(one -> one.reference().equalsIgnoreCase(reference))) {
            throw ProblemException.conflict(
                    "incident-linked", "Linked already", reference + " is linked to " + number + " already.");
        }
        if (known.size() >= MOST) {
            throw ProblemException.conflict(
                    "incidents-full", "Too many incidents", number + " has " + MOST + " incidents, which is most.");
        }
    }

    /** Those of a change, oldest link first. */
    @Transactional(readOnly = true)
    public List<Incident> of(String number) {
        return jdbc.sql("select * from change_incident where change_id = ? order by id")
                .param(changes.glance(number).id())
                .query((row, i) -> incident(row))
                .list();
    }

    private long insert(Change change, Incident incident) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into change_incident
                            (change_id, reference, url, severity, opened_at, linked_by, linked_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .param(change.id())
                .param(incident.reference())
                .param(incident.url())
                .param(incident.severity().name())
                .param(utc(incident.openedAt()))
                .param(incident.linkedBy())
                .param(utc(incident.linkedAt()))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    private static Incident incident(ResultSet row) throws SQLException {
        return new Incident(
                row.getLong("id"),
                row.getString("reference"),
                row.getString("url"),
                Incident.Severity.valueOf(row.getString("severity")),
                row.getObject("opened_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString("linked_by"),
                row.getObject("linked_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
