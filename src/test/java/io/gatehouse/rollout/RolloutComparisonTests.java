package io.gatehouse.rollout;

import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.audit.verify.Difference;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A rollout, its steps, commands and services are as the audit trail says, or that is found. */
@OnH2
@RolloutTest
class RolloutComparisonTests {

    private static final List<String> WRITTEN_PAST_THE_PRODUCT = List.of(
            "update rollout set state = 'DEPLOYED' where id = ?",
            "update rollout set change_number = 'CHG-000001' where id = ?",
            "update rollout set process = 'Other' where id = ?",
            "update rollout set environment = 'dev' where id = ?",
            "update rollout set rollback_by = 'rita' where id = ?",
            "update rollout set rollback_because = 'so' where id = ?",
            "update rollout set aborted_by = 'rita' where id = ?",
            "update rollout set aborted_because = 'so' where id = ?",
            "update rollout set kept_by = 'rita' where id = ?",
            "update rollout set kept_because = 'so' where id = ?",
            "update rollout set paused_at = '2020-01-01 00:00:00', paused_by = 'rita', paused_because = 'so' where id = ?",
            "update rollout_step set state = 'HELD' where seq = 2 and rollout_id = ?",
            "update rollout_command set state = 'HELD' where seq = 2 and rollout_id = ?",
            "update rollout set opened_at = '2020-01-01 00:00:00' where id = ?",
            "update rollout set ended_at = '2020-01-01 00:00:00' where id = ?",
            "update rollout set steps = steps + 1 where id = ?",
            "update rollout_target set service = 'other' where rollout_id = ?",
            "update rollout_target set environment = 'dev' where rollout_id = ?",
            "delete from rollout_target where rollout_id = ?",
            "insert into rollout_target (service, environment, rollout_id) values ('other', 'dev', ?)",
            "update rollout_step set stage = 'PREFLIGHT' where seq = 1 and rollout_id = ?",
            "update rollout_step set name = 'Other' where seq = 1 and rollout_id = ?",
            "update rollout_step set activity = 'Other' where seq = 1 and rollout_id = ?",
            "update rollout_step set undo_activity = null where seq = 1 and rollout_id = ?",
            "update rollout_step set connector = 'other' where seq = 1 and rollout_id = ?",
            "update rollout_step set target = 'other' where seq = 1 and rollout_id = ?",
            "update rollout_step set parameters = '{}' where seq = 1 and rollout_id = ?",
            "update rollout_step set undo_connector = null where seq = 1 and rollout_id = ?",
            "update rollout_step set undo_parameters = '{}' where seq = 1 and rollout_id = ?",
            "update rollout_step set cannot_be_undone = 'x' where seq = 1 and rollout_id = ?",
            "update rollout_step set only_checks = true where seq = 1 and rollout_id = ?",
            "update rollout_step set runbook = 'x' where seq = 1 and rollout_id = ?",
            "update rollout_step set expected_duration = 'PT1S' where seq = 1 and rollout_id = ?",
            "update rollout_step set manual = '{}' where seq = 1 and rollout_id = ?",
            "update rollout_step set undo_manual = '{}' where seq = 1 and rollout_id = ?",
            "update rollout_step set started_at = '2020-01-01 00:00:00' where seq = 1 and rollout_id = ?",
            "update rollout_step set state = 'NOT_RUN' where seq = 1 and rollout_id = ?",
            "update rollout_step set detail = 'x' where seq = 1 and rollout_id = ?",
            "update rollout_step set ended_at = null where seq = 1 and rollout_id = ?",
            "update rollout_step set undo_settled = true where seq = 1 and rollout_id = ?",
            "update rollout_command set connector = 'other' where seq = 2 and rollout_id = ?",
            "update rollout_command set kind = 'UNDO' where seq = 2 and rollout_id = ?",
            "update rollout_command set attempt = 7 where seq = 2 and rollout_id = ?",
            "update rollout_command set idempotency_key = 'x' where seq = 2 and rollout_id = ?",
            "update rollout_command set state = 'DONE' where seq = 2 and rollout_id = ?",
            "update rollout_command set state = 'NEW' where seq = 1 and rollout_id = ?",
            "delete from rollout_command where seq = 1 and rollout_id = ?",
            "insert into rollout_command (rollout_id, seq, kind, attempt, idempotency_key, connector, state, due_at,"
                    + " fence, tries, maybe_sent) values (?, 1, 'RUN', 2, 'x', 'tool', 'NEW', '2020-01-01 00:00:00',"
                    + " 0, 0, false)");

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    Pauses pauses;

    @Autowired
    Aborts aborts;

    @Autowired
    ManualSteps manualSteps;

    @Autowired
    Rollbacks rollbacks;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    /** Each is planted in the same rollout and taken back. */
    @TestFactory
    Stream<DynamicTest> findsWhatWasWrittenPastTheProduct() {
        String rollout = underWay();
        return planted(rollout, idOf(rollout), WRITTEN_PAST_THE_PRODUCT);
    }

    @TestFactory
    Stream<DynamicTest> findsAPauseThatWasEndedPastTheProduct() {
        String rollout = underWay();
        ROLF.runs(() -> pauses.pause(rollout, "Wait"));
        assertThat(differences(rollout)).isEmpty();
        return planted(
                rollout,
                idOf(rollout),
                List.of(
                        "update rollout set paused_at = null, paused_by = null, paused_because = null where id = ?",
                        "update rollout set paused_at = '2020-01-01 00:00:00' where id = ?",
                        "update rollout set paused_by = 'rita' where id = ?",
                        "update rollout set paused_because = 'so' where id = ?",
                        "update rollout_step set state = 'RUNNING' where seq = 2 and rollout_id = ?",
                        "update rollout_command set state = 'NEW' where seq = 2 and rollout_id = ?"));
    }

    @TestFactory
    Stream<DynamicTest> findsAReportThatWasWrittenPastTheProduct() {
        ManualWork work = new ManualWork("Swap the cable", List.of("It is in", "The light is green"));
        String rollout = driver.run(RolloutDriver.plan(
                RolloutDriver.manual(Stage.DEPLOY_APPLICATION, "Cable", work),
                RolloutDriver.step(Stage.DEPLOY_APPLICATION, "Web", "tool")));
        ROLF.runs(() -> manualSteps.report(rollout, 1, WorkResult.DONE, new TreeSet<>(Set.of(1, 2)), "Blue"));
        driver.settle(rollout);
        assertThat(differences(rollout)).isEmpty();
        Long command = jdbc.queryForObject(
                "select min(id) from rollout_command where rollout_id = ?", Long.class, idOf(rollout));
        return planted(
                rollout,
                command,
                List.of(
                        "update rollout_report set result = 'FAILED' where command_id = ?",
                        "update rollout_report set ticked = '1' where command_id = ?",
                        "update rollout_report set note = 'x' where command_id = ?",
                        "update rollout_report set reported_by = 'rita' where command_id = ?",
                        "update rollout_report set reported_at = '2020-01-01 00:00:00' where command_id = ?",
                        "delete from rollout_report where command_id = ?",
                        "insert into rollout_report (command_id, result, ticked, note, reported_by, reported_at)"
                                + " select max(id), 'DONE', '', '', 'rita', '2020-01-01 00:00:00' from rollout_command"
                                + " where rollout_id = (select rollout_id from rollout_command where id = ?)"));
    }

    /** Edits of a rollout, each with a mark for the id of what it alters. */
    private Stream<DynamicTest> planted(String rollout, Long id, List<String> edits) {
        return edits.stream()
                .map(sql -> dynamicTest(
                        sql,
                        () -> transaction.executeWithoutResult(status -> {
                            assertThat(jdbc.update(sql, id)).isPositive();

                            assertThat(differences(rollout)).isNotEmpty().allSatisfy(found -> assertThat(found.object())
                                    .isEqualTo(rollout));
                            status.setRollbackOnly();
                        })));
    }

    @Test
    void accusesNobodyOfAnAbort() {
        String rollout = underWay();
        ROLF.runs(() -> aborts.abort(rollout, "Enough"));
        assertThat(differences(rollout)).isEmpty();
        driver.settle(rollout);
        assertThat(differences(rollout)).isEmpty();
        ROLF.runs(() -> aborts.keep(rollout, "It does no harm"));
        driver.settle(rollout);

        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ABORTED);
        assertThat(differences(rollout)).isEmpty();
    }

    @Test
    void accusesNobodyOfAPause() {
        String resumed = underWay();
        ROLF.runs(() -> pauses.pause(resumed, "Wait"));
        ROLF.runs(() -> pauses.resume(resumed, "Go on"));
        assertThat(differences(resumed)).isEmpty();
        ROLF.runs(() -> pauses.pause(resumed, "Wait again"));
        ROLF.runs(() -> rollbacks.request(resumed, "Enough"));
        assertThat(differences(resumed)).isEmpty();
        driver.settle(resumed);

        assertThat(driver.stateOf(resumed)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(differences(resumed)).isEmpty();
    }

    @Test
    void findsAStepAndARolloutThatAreGoneOrWereNeverOpened() {
        String rollout = underWay();
        long id = idOf(rollout);
        transaction.executeWithoutResult(status -> {
            jdbc.update("delete from rollout_command where seq = 2 and rollout_id = ?", id);
            jdbc.update("delete from rollout_step where seq = 2 and rollout_id = ?", id);
            assertThat(differences(rollout)).extracting(Difference::kind).containsOnly(Difference.Kind.DELETED);
            jdbc.update("delete from rollout_command where rollout_id = ?", id);
            jdbc.update("delete from rollout_step where rollout_id = ?", id);
            jdbc.update("delete from rollout_target where rollout_id = ?", id);
            jdbc.update("delete from rollout where id = ?", id);
            assertThat(differences(rollout)).extracting(Difference::kind).containsExactly(Difference.Kind.DELETED);
            jdbc.update("insert into rollout (id, change_number, process, environment, state, steps, opened_at)"
                    + " values (999000, 'CHG-000001', 'Rollout', 'production', 'RUNNING', 0, '2026-01-01 00:00:00')");
            assertThat(differences("ROL-999000"))
                    .extracting(Difference::kind)
                    .containsExactly(Difference.Kind.INSERTED);
            status.setRollbackOnly();
        });
    }

    @Test
    void accusesNobodyOfARolloutUnderWay() {
        assertThat(differences(underWay())).isEmpty();
    }

    @Test
    void accusesNobodyOfADeployment() {
        String rollout = driver.start(RolloutDriver.deploySteps(3));
        driver.settle(rollout);

        assertThat(differences(rollout)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAILED", "REFUSED", "AMBIGUOUS", "NOT_REACHED"})
    void accusesNobodyOfWhatWentWrong(String outcome) {
        String rollout = driver.start(RolloutDriver.plan(
                RolloutDriver.irreversible(Stage.MIGRATE_DATABASE, "Migrate"),
                RolloutDriver.step(Stage.DEPLOY_APPLICATION, "One", "tool"),
                RolloutDriver.step(Stage.DEPLOY_APPLICATION, "Two", "tool")));
        tools.answer(
                rollout,
                3,
                CommandKind.RUN,
                new ConnectorAnswer(ConnectorAnswer.Outcome.valueOf(outcome), "it did", null, null));
        driver.settle(rollout);

        assertThat(differences(rollout)).isEmpty();
    }

    /** One step done, one at work. */
    private String underWay() {
        String rollout = driver.start(RolloutDriver.deploySteps(2));
        driver.dispatchOnce();
        return rollout;
    }

    private List<Difference> differences(String rollout) {
        return jdbc.execute((ConnectionCallback<List<Difference>>)
                connection -> new Reconciliation(connection).rollouts(List.of(idOf(rollout))));
    }

    private static long idOf(String rollout) {
        return Long.parseLong(rollout.substring(4));
    }
}
