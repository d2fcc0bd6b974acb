package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.config.IntervalTask;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.transaction.annotation.Transactional;

/** What is not over and will not go on is looked for each minute. */
@OnH2
@RolloutTest
class ZombiesTests {

    private static final String STRANDED = "StrandedProcesses.look";

    @Autowired
    private ScheduledTaskHolder schedule;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Resolutions resolutions;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private JdbcTemplate jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"LostProcesses.find", "LostRollouts.find", STRANDED})
    void areLookedForEachMinute(String finder) {
        assertThat(task(finder).getTask())
                .isInstanceOfSatisfying(IntervalTask.class, interval -> assertThat(interval.getIntervalDuration())
                        .isLessThanOrEqualTo(Duration.ofMinutes(1)));
    }

    /** Taken back at its end: other tests would stumble over it. */
    @Test
    @Transactional
    void areProcessesThatWaitForAToolWhoseTaskSomebodyHasDeleted() {
        String number = driver.start(deploySteps(1));
        double before = stranded();

        int deleted = jdbc.update("delete from ACT_RU_EXT_TASK where PROC_INST_ID_ = ?", processOf(number));

        assertThat(deleted).isOne();
        assertThat(stranded()).isEqualTo(before + 1);
    }

    /** All of it taken back at its end, too: the trail knows the command, and comparisons would find what is missing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from rollout_command where rollout_id = ?",
                "update rollout_command set state = 'DONE' where rollout_id = ?"
            })
    @Transactional
    void areStepsWhoseCommandIsGoneOrHasEndedWithoutThem(String edit) {
        String number = driver.start(deploySteps(2));

        assertThat(jdbc.update(edit, RolloutNumber.idOf(number))).isOne();
        lookForLost();

        assertThat(rollouts.steps(number)).singleElement().returns(StepState.UNKNOWN, Step::state);
        assertThat(asked(number)).containsExactly("Activity_ResolveUnknownStep");
        lookForLost();
        assertThat(asked(number)).hasSize(1);

        ROLF.runs(() -> resolutions.resolve(number, 1, ResolutionAction.DONE_BY_HAND, "I looked"));
        assertThat(rollouts.steps(number).get(0).state()).isEqualTo(StepState.DONE);
        assertThat(asked(number)).isEmpty();
    }

    @Test
    @Transactional
    void areUndosWhoseCommandIsGone() {
        String number = driver.start(deploySteps(1));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        tools.answer(number, 1, CommandKind.UNDO, ConnectorAnswer.accepted(null));
        driver.settle(number);
        assertThat(rollouts.steps(number)).singleElement().returns(StepState.UNDOING, Step::state);

        jdbc.update("delete from rollout_command where rollout_id = ? and kind = 'UNDO'", RolloutNumber.idOf(number));
        lookForLost();

        assertThat(rollouts.steps(number)).singleElement().returns(StepState.UNDO_FAILED, Step::state);
        assertThat(asked(number)).containsExactly("Activity_ResolveFailedUndo");
    }

    private void lookForLost() {
        task("LostRollouts.find").getTask().getRunnable().run();
    }

    private List<String> asked(String number) {
        return driver.openTasks(number).stream().map(Task::getTaskDefinitionKey).toList();
    }

    @Test
    void areNoProcessesThatWaitForAToolOrForTheEndOfTheirSoak() {
        double before = stranded();

        driver.start(deploySteps(1));
        driver.run(deploySteps(1));

        assertThat(stranded()).isEqualTo(before);
    }

    private double stranded() {
        task(STRANDED).getTask().getRunnable().run();
        return metrics.get("gatehouse.processes.stranded").gauge().value();
    }

    private ScheduledTask task(String finder) {
        return schedule.getScheduledTasks().stream()
                .filter(task -> task.toString().endsWith("." + finder))
                .findFirst()
                .orElseThrow();
    }

    private String processOf(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }
}
