package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.irreversible;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Every path of {@code Rollout.bpmn}. */
@OnH2
@RolloutTest
class RolloutProcessTests {

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Test
    void goesThroughTheStagesInTheirOrderAndIsAcceptedAfterTheSoak() {
        String number = driver.run(plan(
                step(Stage.VERIFY, "Answers", "tool"),
                step(Stage.SHIFT_TRAFFIC, "Shift", "tool"),
                step(Stage.DEPLOY_APPLICATION, "Web", "tool"),
                step(Stage.DEPLOY_APPLICATION, "Workers", "tool"),
                step(Stage.MIGRATE_DATABASE, "Schema", "tool"),
                step(Stage.BACK_UP, "Dump", "tool")));

        assertThat(rollouts.steps(number))
                .extracting(Step::name)
                .containsExactly("Dump", "Schema", "Web", "Workers", "Shift", "Answers");
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");

        driver.fireTimer(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
        assertThat(driver.hasEnded(number)).isTrue();
    }

    @Test
    void undoesInReverseWhatRanWhenAStepFails() {
        String number = driver.start(deploySteps(4));
        tools.answer(number, 3, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "RUN 3", "UNDO 3", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(driver.hasEnded(number)).isTrue();
    }

    @Test
    void undoesAcrossStagesWhenACheckFails() {
        String number = driver.start(plan(
                step(Stage.BACK_UP, "Dump", "tool"),
                step(Stage.MIGRATE_DATABASE, "Schema", "tool"),
                step(Stage.DEPLOY_APPLICATION, "Web", "tool"),
                step(Stage.SHIFT_TRAFFIC, "Shift", "tool"),
                step(Stage.VERIFY, "Answers", "tool")));
        tools.answer(number, 5, CommandKind.RUN, ConnectorAnswer.failed("Wrong version"));

        driver.settle(number);

        assertThat(tools.history(number)).endsWith("RUN 5", "UNDO 4", "UNDO 3", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void doesNotUndoAStepThatNeverRan() {
        String number = driver.start(deploySteps(3));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.refused("422"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 1");
        assertThat(rollouts.steps(number)).extracting(Step::state).containsExactly(StepState.UNDONE, StepState.NOT_RUN);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void saysThatTheRollbackIsIncompleteWhenAStepCannotBeUndone() {
        String number = driver.start(plan(
                step(Stage.BACK_UP, "Dump", "tool"),
                irreversible(Stage.MIGRATE_DATABASE, "Drop column"),
                step(Stage.DEPLOY_APPLICATION, "Web", "tool")));
        tools.answer(number, 3, CommandKind.RUN, ConnectorAnswer.failed("Exit code 1"));

        driver.settle(number);

        assertThat(tools.history(number)).endsWith("UNDO 3", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
    }
}
