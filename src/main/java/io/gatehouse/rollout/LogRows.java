package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What tools printed, piece by piece; written outside any use case, so it can be read while a tool runs. */
@Repository
class LogRows {

    private final JdbcClient jdbc;
    private final Clock clock;

    LogRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Transactional
    void append(Command command, String output) {
        jdbc.sql("insert into rollout_log (command_id, logged_at, output) values (:command, :now, :output)")
                .param("command", command.id())
                .param("now", UtcColumn.of(clock.instant()))
                .param("output", output)
                .update();
    }

    /** Oldest first. */
    List<StepLog> list(long rollout, int seq, long after, int limit) {
        return jdbc.sql(
                        """
                select l.id, c.seq, c.kind, c.attempt, l.logged_at, l.output
                from rollout_log l join rollout_command c on c.id = l.command_id
                where c.rollout_id = :rollout and c.seq = :seq and l.id > :after
                order by l.id limit :limit""")
                .param("rollout", rollout)
                .param("seq", seq)
                .param("after", after)
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    /** Of all steps, oldest first. */
    List<StepLog> list(long rollout, long after, int limit) {
        return jdbc.sql(
                        """
                select l.id, c.seq, c.kind, c.attempt, l.logged_at, l.output
                from rollout_log l join rollout_command c on c.id = l.command_id
                where c.rollout_id = :rollout and l.id > :after
                order by l.id limit :limit""")
                .param("rollout", rollout)
                .param("after", after)
                .param("limit", limit)
                .query((row, i) -> map(row))
                .list();
    }

    /** Forgets those of the oldest that were printed before a moment, among no more than this many; says how many. */
    int forget(Instant before, int limit) {
        List<Long> old = jdbc.sql(
                        """
                select id from (select id, logged_at from rollout_log order by id limit :limit) oldest
                where logged_at < :before""")
                .param("limit", limit)
                .param("before", UtcColumn.of(before))
                .query(Long.class)
                .list();
        return old.isEmpty()
                ? 0
                : jdbc.sql("delete from rollout_log where id in (:old)")
                        .param("old", old)
                        .update();
    }

    private static StepLog map(ResultSet row) throws SQLException {
        return new StepLog(
                row.getLong("id"),
                row.getInt("seq"),
                CommandKind.valueOf(row.getString("kind")),
                row.getInt("attempt"),
                UtcColumn.read(row, "logged_at"),
                row.getString("output"));
    }
}
