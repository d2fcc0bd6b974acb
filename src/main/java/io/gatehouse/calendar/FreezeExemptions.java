package io.gatehouse.calendar;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Single changes that a freeze does not keep from being made for a while. It asks nobody whether it may: only break-glass
 * calls it, in the transaction in which it writes down that it does.
 */
@Component
public class FreezeExemptions {

    private final FreezeRepository freezes;
    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Clock clock;

    FreezeExemptions(FreezeRepository freezes, JdbcClient jdbc, AuditTrail audit, Clock clock) {
        this.freezes = freezes;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Refuses what is no freeze any more.
     *
     * @throws ProblemException conflict if it was lifted, is over or never was
     */
    @Transactional(readOnly = true)
    public void requireFreeze(long id) {
        if (freezes.findById(id)
                .filter(freeze -> freeze.endsAt().isAfter(clock.instant()))
                .isEmpty()) {
            throw ProblemException.conflict(
                    "no-such-freeze", "No such freeze", "No freeze " + id + " is declared that is not over yet.");
        }
    }

    /**
     * Lets a change be made in spite of one freeze.
     *
     * @param until from this moment on it holds for the change as for all others
     * @param because the number of what permits it
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void exempt(String change, long freeze, Instant until, String because) {
        requireFreeze(freeze);
        jdbc.sql(
                        """
                        insert into freeze_exemption (freeze_id, change_number, because, granted_at, until_at)
                        values (?, ?, ?, ?, ?)""")
                .params(freeze, change, because, utc(now()), utc(until))
                .update();
        record("calendar.ChangeExempted", because);
    }

    /**
     * Has a freeze hold again for a change before its time. What is over already stays as it is: taking a right away never
     * fails.
     *
     * @param because the number of what permits it; whoever calls has locked that
     * @param reason why; kept with the exemption
     * @return whether it was in force until now
     * @throws ProblemException conflict if no freeze was ever overridden by that
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean end(String because, String person, String reason) {
        FreezeExemption present = Optional.ofNullable(of(List.of(because)).get(because))
                .orElseThrow(() -> ProblemException.conflict(
                        "no-freeze-override",
                        "No freeze is overridden",
                        "No freeze was overridden by " + because + ", so there is none to hold again."));
        if (!present.isInForceAt(now())) {
            return false;
        }
        jdbc.sql("update freeze_exemption set ended_by = ?, ended_at = ?, ended_because = ? where id = ?")
                .params(person, utc(now()), reason, present.id())
                .update();
        record("calendar.ExemptionEnded", because);
        return true;
    }

    private void record(String action, String because) {
        FreezeExemption written = Objects.requireNonNull(of(List.of(because)).get(because));
        audit.recordState(
                action,
                AuditTrail.numbered("exemption", written.id()),
                Map.of(
                        "change",
                        written.change(),
                        "freeze",
                        AuditTrail.numbered("freeze", written.freeze()),
                        "until",
                        written.until().toString(),
                        "because",
                        because),
                written.fingerprint());
    }

    /** What is exempted by each of some numbers, by these; nothing stands there for one that exempts nothing. */
    @Transactional(readOnly = true)
    public Map<String, FreezeExemption> of(Collection<String> permits) {
        return permits.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from freeze_exemption where because in (:permits)")
                        .param("permits", permits)
                        .query((row, i) -> exemption(row))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(FreezeExemption::because, exemption -> exemption));
    }

    /** Whether a freeze does not hold for a change at this moment. */
    boolean exempts(Freeze freeze, String change) {
        return jdbc.sql(
                                """
                                select count(*) from freeze_exemption
                                where change_number = ? and freeze_id = ? and until_at > ? and ended_at is null""")
                        .params(change, freeze.storedId(), utc(clock.instant()))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static FreezeExemption exemption(ResultSet row) throws SQLException {
        return new FreezeExemption(
                row.getLong("id"),
                row.getLong("freeze_id"),
                row.getString("change_number"),
                row.getString("because"),
                Objects.requireNonNull(moment(row, "granted_at")),
                Objects.requireNonNull(moment(row, "until_at")),
                row.getString("ended_by"),
                moment(row, "ended_at"),
                row.getString("ended_because"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
