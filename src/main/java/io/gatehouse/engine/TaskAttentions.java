package io.gatehouse.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The rows of {@link TaskAttention}, which go away with their task; for good it is in the audit trail. */
@Repository
class TaskAttentions {

    private final JdbcClient jdbc;

    TaskAttentions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Tasks at which somebody must look, by the clock of the database; never parked ones. */
    @Transactional
    List<String> due(int limit) {
        return jdbc.sql(
                        """
                select ID_ from ACT_RU_TASK
                where FOLLOW_UP_DATE_ <= localtimestamp(6) and SUSPENSION_STATE_ = 1
                order by FOLLOW_UP_DATE_ limit :limit""")
                .param("limit", limit)
                .query(String.class)
                .list();
    }

    /** Locks a task; false if it is gone or another node has looked at it meanwhile. */
    boolean lockDue(String task) {
        return jdbc.sql(
                        """
                select ID_ from ACT_RU_TASK
                where ID_ = :task and FOLLOW_UP_DATE_ <= localtimestamp(6) for update""")
                .param("task", task)
                .query(String.class)
                .optional()
                .isPresent();
    }

    TaskAttention find(String task) {
        return jdbc.sql("select reminded_at, escalated_at, escalated_to from task_attention where task_id = :task")
                .param("task", task)
                .query((row, i) -> map(row))
                .optional()
                .orElse(TaskAttention.NONE);
    }

    /** When somebody must look at this task again. */
    @Nullable
    Date nextLook(TaskEntity task) {
        return find(task.getId()).nextLook(ReminderRule.of(task), task.getCreateTime(), task.getDueDate());
    }

    void reminded(String task, Instant at) {
        jdbc.sql("insert into task_attention (task_id, reminded_at) values (:task, :at)")
                .param("task", task)
                .param("at", LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                .update();
    }

    void escalated(String task, Instant at, List<String> told) {
        jdbc.sql("update task_attention set escalated_at = :at, escalated_to = :told where task_id = :task")
                .param("task", task)
                .param("at", LocalDateTime.ofInstant(at, ZoneOffset.UTC))
                .param("told", String.join(",", told))
                .update();
    }

    /** Forgets tasks that are done. */
    @Transactional
    int forgetDone(int limit) {
        List<String> done = jdbc.sql(
                        """
                select a.task_id from task_attention a left join ACT_RU_TASK t on t.ID_ = a.task_id
                where t.ID_ is null limit :limit""")
                .param("limit", limit)
                .query(String.class)
                .list();
        return done.isEmpty()
                ? 0
                : jdbc.sql("delete from task_attention where task_id in (:done)")
                        .param("done", done)
                        .update();
    }

    static TaskAttention map(ResultSet row) throws SQLException {
        String roles = row.getString("escalated_to");
        SortedSet<String> escalatedTo = roles == null ? new TreeSet<>() : new TreeSet<>(List.of(roles.split(",")));
        return new TaskAttention(moment(row, "reminded_at"), moment(row, "escalated_at"), escalatedTo);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
