package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.check;
import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.irreversible;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

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

    @Autowired
    private Tasks tasks;

    @Autowired
    private List<TaskForm> forms;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvcTester mvc;

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

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

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"BACK_UP", "MIGRATE_DATABASE", "DEPLOY_APPLICATION", "SHIFT_TRAFFIC"})
    void goesNoFurtherThanTheStageThatFails(Stage stage) {
        String number = driver.start(plan(
                step(stage, "First", "tool"), step(stage, "Second", "tool"), step(Stage.VERIFY, "Answers", "tool")));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
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
    void skipsTheChecksOfAStageOnItsWayBack() {
        String number = driver.start(plan(
                step(Stage.DEPLOY_APPLICATION, "First half", "tool"),
                check(Stage.DEPLOY_APPLICATION, "Answers"),
                step(Stage.DEPLOY_APPLICATION, "Second half", "tool"),
                step(Stage.SHIFT_TRAFFIC, "Shift", "tool")));
        tools.answer(number, 4, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        driver.settle(number);

        assertThat(tools.history(number))
                .containsExactly("RUN 1", "RUN 2", "RUN 3", "RUN 4", "UNDO 4", "UNDO 3", "UNDO 1");
        assertThat(rollouts.steps(number))
                .extracting(Step::state)
                .containsExactly(StepState.UNDONE, StepState.DONE, StepState.UNDONE, StepState.UNDONE);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void goesNoFurtherThanACheckOfAStageThatFails() {
        String number = driver.start(plan(
                step(Stage.DEPLOY_APPLICATION, "First half", "tool"),
                check(Stage.DEPLOY_APPLICATION, "Answers"),
                step(Stage.DEPLOY_APPLICATION, "Second half", "tool")));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.failed("Blank page"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 1");
        assertThat(rollouts.steps(number).get(1).state()).isEqualTo(StepState.FAILED);
        assertThat(rollouts.rollbackPreview(number)).isEmpty();
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(driver.hasEnded(number)).isTrue();
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

    @Test
    void waitsForAPersonWhenThePlanHasAChecklist() {
        String number = driver.run(withChecklist());

        assertThat(driver.openTasks(number))
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("Activity_VerifyDeployment");

        as("oskar", "ops-lead");
        tasks.submit(number, "VerifyDeployment", null, Map.of("verdict", "WORKS"));
        driver.fireTimer(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
    }

    @Test
    void undoesEverythingWhenThePersonFindsThatItDoesNotWork() {
        String number = driver.run(withChecklist());

        as("oskar", "ops-lead");
        tasks.submit(number, "VerifyDeployment", null, Map.of("verdict", "DOES_NOT_WORK", "note", "Blank page"));
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(rollouts.find(number).rollbackBecause()).isEqualTo("Verification failed: Blank page");
    }

    @Test
    void makesAllChecksAndAsksAPersonWhenOneFailsIfThePlanSaysSo() {
        String number = failedCheckThatIsAskedAbout();

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "RUN 3");
        assertThat(driver.openTasks(number))
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("Activity_VerifyDeployment");
        assertThat(forms)
                .filteredOn(form -> form.stem().equals("VerifyDeployment"))
                .singleElement()
                .extracting(form -> form.show(new OpenTask("VerifyDeployment", number, Set.of("ops-lead"), null)))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("findings", "2. Errors (web): 3 % errors");
    }

    @Test
    void letsADeploymentStandInSpiteOfAFailedCheckIfThePersonSaysWhy() {
        String number = failedCheckThatIsAskedAbout();
        as("oskar", "ops-lead");

        assertThatThrownBy(() -> tasks.submit(number, "VerifyDeployment", null, Map.of("verdict", "WORKS")))
                .isInstanceOf(ProblemException.class);
        tasks.submit(number, "VerifyDeployment", null, Map.of("verdict", "WORKS", "note", "Errors of a crawler."));
        driver.settle(number);
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
        driver.fireTimer(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
        assertThat(rollouts.steps(number).get(1))
                .returns(StepState.FAILED, Step::state)
                .returns("Let stand: Errors of a crawler. Found: 3 % errors", Step::detail);
    }

    @Test
    void undoesEverythingWhenThePersonAgreesWithAFailedCheck() {
        String number = failedCheckThatIsAskedAbout();

        as("oskar", "ops-lead");
        tasks.submit(number, "VerifyDeployment", null, Map.of("verdict", "DOES_NOT_WORK", "note", "Real errors"));
        driver.settle(number);

        assertThat(tools.history(number)).endsWith("RUN 3", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void asksNobodyIfAllChecksOfSuchAPlanPass() {
        String number = driver.run(asking());

        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
    }

    /** What could not be begun was never found out, and may be what nobody allows any more. */
    @Test
    void undoesEverythingWhenACheckCannotBeginWhateverThePlanSays() {
        String number = driver.start(asking());
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.refused("404"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 1");
    }

    @Test
    void undoesEverythingWhenAStepFailsThatIsNoCheckWhateverThePlanSays() {
        String number = driver.start(asking());
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 1"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
    }

    @Test
    void undoesEverythingWhenSomebodyAsksWhileAPersonVerifies() {
        String number = driver.run(withChecklist());

        assertThat(rollBack(number, "oskar", "ops-lead")).hasStatus(202);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(driver.openTasks(number)).isEmpty();
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void undoesEverythingWhenSomebodyAsksDuringTheSoak() {
        String number = driver.run(deploySteps(2));

        assertThat(rollBack(number, "rita", "requester")).hasStatus(202);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void letsTheRunningStepFinishWhenSomebodyAsksForARollback() {
        String number = driver.start(deploySteps(3));
        tools.during(number, 2, CommandKind.RUN, call -> {
            assertThat(rollBack(number, "rolf", "release-manager")).hasStatus(202);
            return ConnectorAnswer.succeeded("finished all the same");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void waitsForNoCheckWhenSomebodyAsksForARollback() {
        String number = driver.start(
                plan(step(Stage.DEPLOY_APPLICATION, "Web", "tool"), step(Stage.VERIFY, "Canary", "asked")));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.accepted("since noon"));
        driver.settle(number);
        tools.whenAsked(tools.callsOf(number).get(1).key(), ConnectorAnswer.accepted("since noon"));

        assertThat(rollBack(number, "rolf", "release-manager")).hasStatus(202);
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where rollout_id = :id and state = 'ACCEPTED'")
                .param("id", RolloutNumber.idOf(number))
                .update();
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 1");
        assertThat(rollouts.steps(number).get(1).detail()).isEqualTo("Not waited for: everything is to be undone");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void cannotBeRolledBackOnceItIsAccepted() {
        String number = driver.run(deploySteps(1));
        driver.fireTimer(number);

        assertThat(rollBack(number, "rolf", "release-manager"))
                .hasStatus(409)
                .bodyJson()
                .extractingPath("type")
                .isEqualTo("urn:gatehouse:problem:rollout-ended");
    }

    @Test
    void isNotRolledBackByAnybody() {
        String number = driver.run(deploySteps(1));

        assertThat(rollBack(number, "carla", "cab-member")).hasStatus(403);
        assertThat(rollouts.find(number).rollbackRequested()).isFalse();
    }

    @Test
    void waitsUntilAnotherRolloutOfTheSameServiceHasEnded() {
        String service = "shared-" + UUID.randomUUID();
        String first = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        String second = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        driver.settle(first);

        assertThat(rollouts.find(second).state()).isEqualTo(RolloutState.WAITING);
        assertThat(rollouts.waitsFor(rollouts.find(second))).containsExactly(first);

        driver.fireTimer(first);
        driver.fireTimer(second);

        assertThat(driver.stateOf(second)).isEqualTo(RolloutState.RUNNING);
        assertThat(tools.history(second)).containsExactly("RUN 1");
    }

    @Test
    void canBeCalledOffWhileItWaits() {
        String service = "shared-" + UUID.randomUUID();
        driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        String second = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));

        assertThat(rollBack(second, "rolf", "release-manager")).hasStatus(202);
        driver.fireTimer(second);

        assertThat(driver.stateOf(second)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(tools.history(second)).isEmpty();
    }

    @Test
    void stopsAtAFailedUndoUntilAPersonHasItTriedAgain() {
        String number = failAtStep3WithFailingUndoOf2();

        assertThat(tools.history(number)).endsWith("UNDO 3", "UNDO 2");
        assertThat(driver.openTasks(number))
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("Activity_ResolveFailedUndo");

        as("rolf", "release-manager");
        tasks.submit(number, "ResolveFailedUndo", null, Map.of("action", "RETRY", "reason", "Disk is free again"));
        driver.settle(number);

        assertThat(tools.history(number)).endsWith("UNDO 3", "UNDO 2", "UNDO 2", "UNDO 1");
        assertThat(tools.callsOf(number)).extracting(ScriptedTools.Call::key).doesNotHaveDuplicates();
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void goesOnWithTheRollbackWhenAFailedUndoIsSkipped() {
        String number = failAtStep3WithFailingUndoOf2();

        assertThat(resolve(number, 2, "SKIP", "rolf", "release-manager")).hasStatusOk();
        assertThat(driver.openTasks(number)).isEmpty();
        driver.settle(number);

        assertThat(tools.history(number)).endsWith("UNDO 3", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
    }

    @Test
    void isRolledBackWhenAFailedUndoWasDoneByHand() {
        String number = failAtStep3WithFailingUndoOf2();

        assertThat(resolve(number, 2, "DONE_BY_HAND", "rolf", "release-manager"))
                .hasStatusOk();
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void asksAgainWhenTheUndoFailsAgain() {
        String number = failAtStep3WithFailingUndoOf2();
        tools.answer(number, 2, CommandKind.UNDO, ConnectorAnswer.failed("still full"));

        assertThat(resolve(number, 2, "RETRY", "rolf", "release-manager")).hasStatusOk();
        driver.settle(number);

        assertThat(driver.openTasks(number)).hasSize(1);
        assertThat(rollouts.steps(number).get(1).state()).isEqualTo(StepState.UNDO_FAILED);
    }

    @Test
    void letsOnlyAReleaseManagerDecideAboutAFailedUndo() {
        String number = failAtStep3WithFailingUndoOf2();

        assertThat(resolve(number, 2, "SKIP", "oskar", "ops-lead")).hasStatus(403);
        assertThat(resolve(number, 1, "SKIP", "rolf", "release-manager")).hasStatus(409);
        assertThat(resolve(number, 9, "SKIP", "rolf", "release-manager")).hasStatus(404);
    }

    @Test
    void asksAPersonWhenNobodyKnowsWhetherAStepRan() {
        String number = unknownAtStep2();

        assertThat(driver.openTasks(number))
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("Activity_ResolveUnknownStep");

        as("rolf", "release-manager");
        tasks.submit(number, "ResolveUnknownStep", null, Map.of("action", "DONE_BY_HAND", "reason", "I looked"));
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "RUN 3");
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
    }

    @Test
    void runsAnUnknownStepAgainWithANewKey() {
        String number = unknownAtStep2();

        assertThat(resolve(number, 2, "RETRY", "rolf", "release-manager")).hasStatusOk();
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "RUN 2", "RUN 3");
        assertThat(tools.callsOf(number)).extracting(ScriptedTools.Call::key).doesNotHaveDuplicates();
        assertThat(driver.openTasks(number)).isEmpty();
    }

    @Test
    void undoesTheStepsBeforeAnUnknownStepThatDidNotRun() {
        String number = unknownAtStep2();

        assertThat(resolve(number, 2, "SKIP", "rolf", "release-manager")).hasStatusOk();
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void previewsExactlyWhatARollbackThenUndoes() {
        String number = driver.start(plan(
                step(Stage.BACK_UP, "Dump", "tool"),
                irreversible(Stage.MIGRATE_DATABASE, "Drop column"),
                step(Stage.DEPLOY_APPLICATION, "Web", "tool"),
                step(Stage.VERIFY, "Answers", "tool")));
        driver.settle(number);

        List<String> previewed = rollouts.rollbackPreview(number).stream()
                .map(step -> "UNDO " + step.seq())
                .toList();
        assertThat(rollBack(number, "rolf", "release-manager")).hasStatus(202);
        driver.settle(number);

        assertThat(tools.history(number).subList(4, tools.history(number).size()))
                .isEqualTo(previewed);
        assertThat(previewed).containsExactly("UNDO 3", "UNDO 1");
    }

    private String failAtStep3WithFailingUndoOf2() {
        String number = driver.start(deploySteps(3));
        tools.answer(number, 3, CommandKind.RUN, ConnectorAnswer.failed("Exit code 1"));
        tools.answer(number, 2, CommandKind.UNDO, ConnectorAnswer.failed("Disk full"));
        driver.settle(number);
        return number;
    }

    private String unknownAtStep2() {
        String number = driver.start(plan(
                step(Stage.DEPLOY_APPLICATION, "One", "blind"),
                step(Stage.DEPLOY_APPLICATION, "Two", "blind"),
                step(Stage.DEPLOY_APPLICATION, "Three", "blind")));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.ambiguous("Connection reset"));
        driver.settle(number);
        return number;
    }

    private static RolloutPlan asking() {
        RolloutPlan plan = plan(
                step(Stage.DEPLOY_APPLICATION, "Web", "tool"),
                step(Stage.VERIFY, "Errors", "tool"),
                step(Stage.VERIFY, "Answers", "tool"));
        return new RolloutPlan(
                plan.process(), plan.steps(), Map.of(), List.of(), plan.soak(), OnFailedVerification.ASK);
    }

    private String failedCheckThatIsAskedAbout() {
        String number = driver.start(asking());
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.failed("3 % errors"));
        driver.settle(number);
        return number;
    }

    private static RolloutPlan withChecklist() {
        RolloutPlan plan = deploySteps(1);
        return new RolloutPlan(
                plan.process(),
                plan.steps(),
                Map.of(),
                List.of("The front page shows"),
                plan.soak(),
                OnFailedVerification.ROLL_BACK);
    }

    private static void as(String person, String role) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        person, null, AuthorityUtils.createAuthorityList("ROLE_" + role)));
    }

    private MvcTestResult rollBack(String number, String person, String role) {
        return mvc.post()
                .uri("/api/v1/rollouts/{number}/rollback", number)
                .with(user(person).roles(role))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"reason\": \"Too slow\"}")
                .exchange();
    }

    private MvcTestResult resolve(String number, int seq, String action, String person, String role) {
        return mvc.post()
                .uri("/api/v1/rollouts/{number}/steps/{seq}/resolution", number, seq)
                .with(user(person).roles(role))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"action\": \"%s\", \"reason\": \"I looked\"}".formatted(action))
                .exchange();
    }
}
