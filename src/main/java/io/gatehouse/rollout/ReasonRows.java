package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The reasons people gave, kept out of the audit trail, from which nothing can be erased. */
@Repository
class ReasonRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReasonRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Keeps one.
     *
     * @param action the entry it belongs to
     * @return its digest for that entry
     */
    String keep(long rollout, String action, String reason) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("insert into rollout_reason (rollout_id, said_with, reason, said_at) values (?, ?, ?, ?)")
                .params(rollout, action, reason, UtcColumn.of(now))
                .update();
        return Fingerprint.of(rollout, action, reason, now);
    }
}
