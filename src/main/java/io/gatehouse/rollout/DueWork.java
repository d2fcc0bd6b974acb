package io.gatehouse.rollout;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Asks with one statement whether the dispatcher has anything to do, so that a node with nothing to do asks no more. */
@Repository
class DueWork {

    private final JdbcClient jdbc;

    DueWork(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * How long there is nothing to do, on the database's clock; zero if something is due, no longer than {@code atMost}.
     * A rollback that stands still is due as long as it does. In a transaction, because a connection outside of one costs
     * two round trips more.
     */
    @Transactional
    Duration in(Duration atMost) {
        @Nullable
        Long micros = jdbc.sql(
                        """
                select timestampdiff(microsecond, localtimestamp(6), min(due_at)) from (
                    select min(open_due_at) as due_at from rollout_command
                    union all
                    select min(due_at) from rollout_stop where state = 'REQUESTED'
                    union all
                    select min(due_at) from callback_inbox where state = 'RECEIVED'
                    union all
                    select min(localtimestamp(6)) from rollout r where %s) as work"""
                                .formatted(RolloutRows.IDLE_ROLLBACK))
                .query(Long.class)
                .optional()
                .orElse(null);
        if (micros == null) {
            return atMost;
        }
        Duration until = Duration.of(Math.max(0, micros), ChronoUnit.MICROS);
        return until.compareTo(atMost) < 0 ? until : atMost;
    }
}
