package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the change. */
@Repository
class ChangeTaskRows {

    private final JdbcClient jdbc;

    ChangeTaskRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    ChangeTask insert(Change change, ChangeTask task) {
        if (!change.hasTasks()) {
            change.gotTasks();
            jdbc.sql("update change_request set has_tasks = true where id = ?")
                    .param(change.id())
                    .update();
        }
        ChangeTask.ConditionKey condition = task.condition();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        bind(
                        """
                insert into change_task (change_id, version, state, phase, title, instructions, owner, owner_group,
                  planned_start, planned_end, condition_round, condition_position, created_by, created_at)
                values (:change, :version, :state, :phase, :title, :instructions, :owner, :group, :plannedStart,
                  :plannedEnd, :round, :position, :createdBy, :createdAt)""",
                        task)
                .param("change", task.changeId())
                .param("round", condition == null ? null : condition.round())
                .param("position", condition == null ? null : condition.position())
                .param("createdBy", task.createdBy())
                .param("createdAt", utc(task.createdAt()))
                .update(key, "id");
        return task.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    /** @throws OptimisticLockingFailureException if it is no longer as it was read */
    void update(ChangeTask task) {
        int written = bind(
                        """
                update change_task set version = :version, state = :state, phase = :phase, title = :title,
                  instructions = :instructions, owner = :owner, owner_group = :group, planned_start = :plannedStart,
                  planned_end = :plannedEnd, started_at = :startedAt, ended_at = :endedAt, ended_by = :endedBy,
                  note = :note
                where id = :id and version = :version - 1""",
                        task)
                .param("id", task.id())
                .param("startedAt", utc(task.startedAt()))
                .param("endedAt", utc(task.endedAt()))
                .param("endedBy", task.endedBy())
                .param("note", task.note())
                .update();
        if (written != 1) {
            throw new OptimisticLockingFailureException(task.number() + " was altered since it was read");
        }
    }

    private JdbcClient.StatementSpec bind(String sql, ChangeTask task) {
        ChangeTaskContent content = task.content();
        return jdbc.sql(sql)
                .param("version", task.version())
                .param("state", task.state().name())
                .param("phase", content.phase().name())
                .param("title", content.title())
                .param("instructions", content.instructions())
                .param("owner", content.owner())
                .param("group", content.ownerGroup())
                .param("plannedStart", utc(content.plannedStart()))
                .param("plannedEnd", utc(content.plannedEnd()));
    }

    Optional<ChangeTask> find(long id) {
        return read("id = :id", Map.of("id", id)).stream().findFirst();
    }

    /** All of a change, in the order in which they were added. */
    List<ChangeTask> of(long change) {
        return read("change_id = :change order by id", Map.of("change", change));
    }

    /** All that people can do now, as their number by the change's state says, oldest first. */
    List<String> underWay() {
        return jdbc
                .sql(
                        """
                        select t.id, t.phase, c.state from change_task t join change_request c on c.id = t.change_id
                        where t.state in ('OPEN', 'IN_PROGRESS') order by t.id""")
                .query((row, i) -> TaskPhase.valueOf(row.getString("phase"))
                                .isReachedIn(ChangeState.valueOf(row.getString("state")))
                        ? ChangeTaskNumber.of(row.getLong("id"))
                        : "")
                .list()
                .stream()
                .filter(number -> !number.isEmpty())
                .toList();
    }

    List<ChangeTask> read(String condition, Map<String, ?> values) {
        return jdbc.sql("select * from change_task where " + condition)
                .params(values)
                .query((row, i) -> map(row))
                .list();
    }

    private static ChangeTask map(ResultSet row) throws SQLException {
        int position = row.getInt("condition_position");
        ChangeTask.ConditionKey condition =
                row.wasNull() ? null : new ChangeTask.ConditionKey(row.getInt("condition_round"), position);
        return new ChangeTask(
                row.getLong("id"),
                row.getLong("change_id"),
                row.getLong("version"),
                ChangeTask.State.valueOf(row.getString("state")),
                new ChangeTaskContent(
                        row.getString("title"),
                        row.getString("instructions"),
                        TaskPhase.valueOf(row.getString("phase")),
                        row.getString("owner"),
                        row.getString("owner_group"),
                        moment(row, "planned_start"),
                        moment(row, "planned_end")),
                condition,
                moment(row, "started_at"),
                moment(row, "ended_at"),
                row.getString("ended_by"),
                row.getString("note"),
                row.getString("created_by"),
                Objects.requireNonNull(moment(row, "created_at")));
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
