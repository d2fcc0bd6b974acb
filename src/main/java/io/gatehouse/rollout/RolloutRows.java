package io.gatehouse.rollout;

import io.gatehouse.api.PageQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rollouts; the row of a rollout is the lock of everything that belongs to it. */
@Repository
class RolloutRows {

    /** Of a rollout {@code r}: it is being rolled back, no tool is undoing anything of it and no person is asked. */
    static final String IDLE_ROLLBACK =
            """
            r.state = 'ROLLING_BACK'
            and exists (select 1 from rollout_step s
                where s.rollout_id = r.id and s.undo_activity is not null and not s.undo_settled)
            and not exists (select 1 from rollout_step s
                where s.rollout_id = r.id and s.state in ('UNDOING', 'UNDO_FAILED'))""";

    private final JdbcClient jdbc;
    private final Clock clock;

    RolloutRows(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long insert(String change, String process, String environment) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into rollout (change_number, process, environment, state, steps, opened_at)
                values (:change, :process, :environment, 'WAITING', 0, :now)""")
                .param("change", change)
                .param("process", process)
                .param("environment", environment)
                .param("now", UtcColumn.of(clock.instant()))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    /** Locks the rollout until the transaction ends. */
    Rollout lock(long id) {
        return jdbc.sql("select * from rollout where id = :id for update")
                .param("id", id)
                .query((row, i) -> map(row))
                .optional()
                .orElseThrow(() -> RolloutNumber.unknown(RolloutNumber.of(id)));
    }

    Rollout lock(String number) {
        return lock(RolloutNumber.idOf(number));
    }

    /** Locks the rollout for which this key was made until the transaction ends; false if there is no such key. */
    boolean lockOfKey(String key) {
        return jdbc.sql(
                        """
                select id from rollout
                where id = (select rollout_id from rollout_command where idempotency_key = :key) for update""")
                .param("key", key)
                .query(Long.class)
                .optional()
                .isPresent();
    }

    Rollout find(String number) {
        return findIfPresent(number).orElseThrow(() -> RolloutNumber.unknown(number));
    }

    Optional<Rollout> findIfPresent(String number) {
        return jdbc.sql("select * from rollout where id = :id")
                .param("id", RolloutNumber.findId(number).orElse(-1))
                .query((row, i) -> map(row))
                .optional();
    }

    Optional<Rollout> latestOf(String change) {
        return jdbc.sql("select * from rollout where change_number = :change order by id desc limit 1")
                .param("change", change)
                .query((row, i) -> map(row))
                .optional();
    }

    /** From when on it was rolled back; of one before that was written down nobody knows. */
    Optional<Instant> rollingBackAt(long id) {
        return jdbc.sql("select rolling_back_at from rollout where id = :id")
                .param("id", id)
                .query((row, i) -> Optional.ofNullable(UtcColumn.readIfPresent(row, "rolling_back_at")))
                .single();
    }

    /** Newest first. */
    List<Rollout> list(PageQuery page, @Nullable String change, @Nullable RolloutState state) {
        StringBuilder sql = new StringBuilder("select * from rollout where id < :before");
        if (change != null) {
            sql.append(" and change_number = :change");
        }
        if (state != null) {
            sql.append(" and state = :state");
        }
        return jdbc.sql(sql + " order by id desc limit :size")
                .param("before", page.afterNumber().orElse(Long.MAX_VALUE))
                .param("change", change)
                .param("state", state == null ? null : state.name())
                .param("size", page.fetchSize())
                .query((row, i) -> map(row))
                .list();
    }

    @Transactional
    List<Long> idleRollbacks() {
        return jdbc.sql("select r.id from rollout r where %s order by r.id".formatted(IDLE_ROLLBACK))
                .query(Long.class)
                .list();
    }

    /** The rollouts that should have a process. */
    @Transactional
    List<Long> live() {
        return jdbc.sql("select id from rollout where state in ('WAITING', 'RUNNING', 'ABORTING', 'ROLLING_BACK')")
                .query(Long.class)
                .list();
    }

    /** Gives the next place in the order of the rollout. Only under its lock. */
    int nextSeq(long id) {
        jdbc.sql("update rollout set steps = steps + 1 where id = :id")
                .param("id", id)
                .update();
        return jdbc.sql("select steps from rollout where id = :id")
                .param("id", id)
                .query(Integer.class)
                .single();
    }

    /** @return when it ended; null if it goes on */
    @Nullable
    Instant move(long id, RolloutState state) {
        Instant now = clock.instant();
        Instant ended = state.isLive() ? null : now;
        jdbc.sql(
                        """
                update rollout set state = :state, ended_at = :ended,
                  rolling_back_at = case when :back and rolling_back_at is null then :now else rolling_back_at end
                where id = :id""")
                .param("state", state.name())
                .param("ended", ended == null ? null : UtcColumn.of(ended))
                .param("back", state == RolloutState.ROLLING_BACK)
                .param("now", UtcColumn.of(now))
                .param("id", id)
                .update();
        return ended;
    }

    void requestRollback(long id, String by, String because) {
        jdbc.sql("update rollout set rollback_by = :by, rollback_because = :because where id = :id")
                .param("by", by)
                .param("because", because)
                .param("id", id)
                .update();
    }

    void abort(long id, String by, String because) {
        jdbc.sql("update rollout set aborted_by = :by, aborted_because = :because where id = :id")
                .param("by", by)
                .param("because", because)
                .param("id", id)
                .update();
    }

    void keep(long id, String by, String because) {
        jdbc.sql("update rollout set kept_by = :by, kept_because = :because where id = :id")
                .param("by", by)
                .param("because", because)
                .param("id", id)
                .update();
    }

    void pause(long id, String by, String because) {
        jdbc.sql("update rollout set paused_at = :now, paused_by = :by, paused_because = :because where id = :id")
                .param("now", UtcColumn.of(clock.instant()))
                .param("by", by)
                .param("because", because)
                .param("id", id)
                .update();
    }

    void resume(long id) {
        jdbc.sql("update rollout set paused_at = null, paused_by = null, paused_because = null where id = :id")
                .param("id", id)
                .update();
    }

    private static Rollout map(ResultSet row) throws SQLException {
        return new Rollout(
                row.getLong("id"),
                row.getString("change_number"),
                row.getString("process"),
                row.getString("environment"),
                RolloutState.valueOf(row.getString("state")),
                row.getString("rollback_by"),
                row.getString("rollback_because"),
                abort(row),
                pause(row),
                UtcColumn.read(row, "opened_at"),
                UtcColumn.readIfPresent(row, "ended_at"));
    }

    private static @Nullable Abort abort(ResultSet row) throws SQLException {
        String by = row.getString("aborted_by");
        return by == null
                ? null
                : new Abort(
                        by, row.getString("aborted_because"), row.getString("kept_by"), row.getString("kept_because"));
    }

    private static @Nullable Pause pause(ResultSet row) throws SQLException {
        Instant since = UtcColumn.readIfPresent(row, "paused_at");
        return since == null ? null : new Pause(since, row.getString("paused_by"), row.getString("paused_because"));
    }
}
