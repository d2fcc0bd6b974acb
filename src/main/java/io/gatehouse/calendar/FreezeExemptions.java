package io.gatehouse.calendar;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
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
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into freeze_exemption (freeze_id, change_number, because, granted_at, until_at)
                        values (?, ?, ?, ?, ?)""")
                .param(freeze)
                .param(change)
                .param(because)
                .param(utc(now))
                .param(utc(until))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        audit.recordState(
                "calendar.ChangeExempted",
                AuditTrail.numbered("exemption", id),
                Map.of(
                        "change",
                        change,
                        "freeze",
                        AuditTrail.numbered("freeze", freeze),
                        "until",
                        until.toString(),
                        "because",
                        because),
                Fingerprint.of(id, freeze, change, because, now, until));
    }

    /** Whether a freeze does not hold for a change at this moment. */
    boolean exempts(Freeze freeze, String change) {
        return jdbc.sql(
                                "select count(*) from freeze_exemption where change_number = ? and freeze_id = ? and until_at > ?")
                        .params(change, freeze.storedId(), utc(clock.instant()))
                        .query(Integer.class)
                        .single()
                > 0;
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
