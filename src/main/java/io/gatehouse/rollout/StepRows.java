package io.gatehouse.rollout;

import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The ledger: the steps of rollouts in the order in which they began. */
@Repository
class StepRows {

    /** Of a step {@code s}: it is under way, and no command for that is. */
    private static final String WITHOUT_COMMAND =
            """
            s.state in ('RUNNING', 'HELD', 'UNDOING')
            and not exists (select 1 from rollout_command c
                where c.rollout_id = s.rollout_id and c.seq = s.seq
                and c.kind = case s.state when 'UNDOING' then 'UNDO' else 'RUN' end
                and c.state in ('NEW', 'HELD', 'SENDING', 'ACCEPTED'))""";

    private final JdbcClient jdbc;
    private final Json json;
    private final Clock clock;

    StepRows(JdbcClient jdbc, Json json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /** @return the digest of what never changes of it */
    String insert(long rollout, int seq, PlannedStep step, String activity, @Nullable String undoActivity) {
        Undo undo = step.undo();
        Instant now = clock.instant();
        String parameters = json.write(step.parameters());
        String undoParameters = json.write(undo == null ? Map.of() : undo.parameters());
        String manual = document(step.manual());
        String undoManual = document(undo == null ? null : undo.manual());
        Duration expected = step.expectedDuration();
        String expectedDuration = expected == null ? null : expected.toString();
        jdbc.sql(
                        """
                insert into rollout_step (rollout_id, seq, stage, name, activity, undo_activity, connector, target,
                    parameters, undo_connector, undo_parameters, cannot_be_undone, only_checks, runbook,
                    expected_duration, manual, undo_manual, state, detail, undo_settled, started_at)
                values (:rollout, :seq, :stage, :name, :activity, :undoActivity, :connector, :target,
                    :parameters, :undoConnector, :undoParameters, :cannotBeUndone, :check, :runbook,
                    :expectedDuration, :manual, :undoManual, 'RUNNING', '', false, :now)""")
                .param("rollout", rollout)
                .param("seq", seq)
                .param("stage", step.stage().name())
                .param("name", step.name())
                .param("activity", activity)
                .param("undoActivity", undoActivity)
                .param("connector", step.connector())
                .param("target", step.target())
                .param("parameters", parameters)
                .param("undoConnector", undo == null ? null : undo.connector())
                .param("undoParameters", undoParameters)
                .param("cannotBeUndone", step.cannotBeUndone())
                .param("check", step.check())
                .param("runbook", step.runbook())
                .param("expectedDuration", expectedDuration)
                .param("manual", manual)
                .param("undoManual", undoManual)
                .param("now", UtcColumn.of(now))
                .update();
        return Fingerprint.of(
                rollout,
                seq,
                step.stage(),
                step.name(),
                activity,
                undoActivity,
                step.connector(),
                step.target(),
                parameters,
                undo == null ? null : undo.connector(),
                undoParameters,
                step.cannotBeUndone(),
                step.check(),
                step.runbook(),
                expectedDuration,
                manual,
                undoManual,
                now);
    }

    private @Nullable String document(@Nullable ManualWork work) {
        return work == null ? null : json.write(work);
    }

    private @Nullable ManualWork work(@Nullable String document) {
        return document == null ? null : json.read(document, ManualWork.class);
    }

    /** In the order in which they began. */
    List<Step> list(long rollout) {
        return jdbc.sql("select * from rollout_step where rollout_id = :rollout order by seq")
                .param("rollout", rollout)
                .query((row, i) -> map(row))
                .list();
    }

    /** Those of these rollouts that have a step under way for which no command is. */
    List<Long> rolloutsWithoutCommand(Collection<Long> among) {
        return among.isEmpty()
                ? List.of()
                : jdbc.sql("select distinct s.rollout_id from rollout_step s where s.rollout_id in (:among) and "
                                + WITHOUT_COMMAND)
                        .param("among", among)
                        .query(Long.class)
                        .list();
    }

    /** Such steps of a rollout, in the order in which they began. */
    List<Step> withoutCommand(long rollout) {
        return jdbc.sql("select s.* from rollout_step s where s.rollout_id = :rollout and " + WITHOUT_COMMAND
                        + " order by s.seq")
                .param("rollout", rollout)
                .query((row, i) -> map(row))
                .list();
    }

    Optional<Step> find(long rollout, int seq) {
        return jdbc.sql("select * from rollout_step where rollout_id = :rollout and seq = :seq")
                .param("rollout", rollout)
                .param("seq", seq)
                .query((row, i) -> map(row))
                .optional();
    }

    Step get(long rollout, int seq) {
        return find(rollout, seq).orElseThrow(() -> new IllegalStateException("No step " + seq + " of " + rollout));
    }

    /** A step together with the plan of its change as it is now, and the change's number. */
    StepInPlan withPlan(long rollout, int seq) {
        return jdbc.sql(
                        """
                select s.*, r.change_number, p.process as plan_process, p.document as plan_document
                from rollout_step s join rollout r on r.id = s.rollout_id
                left join rollout_plan p on p.planned_for = r.change_number
                where s.rollout_id = :rollout and s.seq = :seq""")
                .param("rollout", rollout)
                .param("seq", seq)
                .query((row, i) -> withPlan(row))
                .single();
    }

    /**
     * A command, which is locked until the transaction ends so that no node leases it meanwhile, and the step it is for.
     * Only under the lock of the rollout, which everybody takes first who moves a step.
     */
    CommandOfStep lock(String key) {
        return jdbc.sql(
                        """
                select c.*, s.*, s.connector as step_connector, s.state as step_state
                from rollout_command c join rollout_step s on s.rollout_id = c.rollout_id and s.seq = c.seq
                where c.idempotency_key = :key for update""")
                .param("key", key)
                .query((row, i) -> new CommandOfStep(CommandRows.map(row), map(row, "step_")))
                .single();
    }

    private StepInPlan withPlan(ResultSet row) throws SQLException {
        String document = row.getString("plan_document");
        return new StepInPlan(
                map(row),
                row.getString("change_number"),
                row.getString("plan_process"),
                document,
                document == null ? null : PlanRows.fingerprint(row.getString("plan_process"), document));
    }

    /** @return when it ended; null if it goes on */
    @Nullable
    Instant move(Step step, StepState state, String detail) {
        Instant ended = state.isEnded() ? clock.instant() : null;
        jdbc.sql(
                        """
                update rollout_step set state = :state, detail = :detail, ended_at = :ended
                where rollout_id = :rollout and seq = :seq""")
                .param("state", state.name())
                .param("detail", detail)
                .param("ended", ended == null ? null : UtcColumn.of(ended))
                .param("rollout", step.rollout())
                .param("seq", step.seq())
                .update();
        return ended;
    }

    void settleUndo(Step step) {
        jdbc.sql("update rollout_step set undo_settled = true where rollout_id = :rollout and seq = :seq")
                .param("rollout", step.rollout())
                .param("seq", step.seq())
                .update();
    }

    private Step map(ResultSet row) throws SQLException {
        return map(row, "");
    }

    /** @param prefix of what a command has a column for as well; of those that are called the same, the first is read */
    private Step map(ResultSet row, String prefix) throws SQLException {
        String undoConnector = row.getString("undo_connector");
        String expectedDuration = row.getString("expected_duration");
        return new Step(
                row.getLong("rollout_id"),
                row.getInt("seq"),
                Stage.valueOf(row.getString("stage")),
                row.getString("name"),
                row.getString("activity"),
                row.getString("undo_activity"),
                row.getString(prefix + "connector"),
                row.getString("target"),
                json.strings(row.getString("parameters")),
                undoConnector == null
                        ? null
                        : new Undo(
                                undoConnector,
                                json.strings(row.getString("undo_parameters")),
                                work(row.getString("undo_manual"))),
                row.getString("cannot_be_undone"),
                row.getBoolean("only_checks"),
                row.getString("runbook"),
                expectedDuration == null ? null : Duration.parse(expectedDuration),
                work(row.getString("manual")),
                StepState.valueOf(row.getString(prefix + "state")),
                row.getString("detail"),
                row.getBoolean("undo_settled"),
                UtcColumn.read(row, "started_at"),
                UtcColumn.readIfPresent(row, "ended_at"));
    }
}
