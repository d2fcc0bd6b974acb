package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/** Every path of {@code SampleRollout.bpmn}, a process as a team draws it. */
@OnH2
@RolloutTest
class SampleRolloutProcessTests {

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Rollbacks rollbacks;

    @Autowired
    private Resolutions resolutions;

    @Autowired
    private Tasks tasks;

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void deploysWhatItsBoxesSayInTheVersionOfThePlan() {
        String number = driver.run(sample("3.2.1"));

        assertThat(rollouts.steps(number))
                .extracting(Step::name)
                .containsExactly("Deploy configuration", "Deploy application", "Deploy workers");
        assertThat(tools.callsOf(number))
                .extracting(ScriptedTools.Call::parameters)
                .containsExactly(
                        Map.of("part", "configuration", "version", "3.2.1"),
                        Map.of("part", "application", "version", "3.2.1"),
                        Map.of("part", "workers", "version", "3.2.1"));
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
        assertThat(driver.hasEnded(number)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void undoesInReverseWhateverBoxFails(int failing) {
        String number = driver.start(sample("3.2.1"));
        tools.answer(number, failing, CommandKind.RUN, ConnectorAnswer.failed("Exit code 1"));

        driver.settle(number);

        List<String> history = tools.history(number);
        assertThat(history.subList(failing, history.size()))
                .isEqualTo(List.of("UNDO 3", "UNDO 2", "UNDO 1").subList(3 - failing, 3));
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void givesNoToolAValueThatItsConnectorDoesNotDeclare() {
        String number = driver.run(sample("$(reboot)"));

        assertThat(tools.callsOf(number)).isEmpty();
        assertThat(rollouts.steps(number)).extracting(Step::state).containsExactly(StepState.NOT_RUN);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void waitsForItsServicesAndCanBeCalledOff() {
        String service = "shared-" + UUID.randomUUID();
        driver.start(driver.changeInImplementation("rita", service), RolloutDriver.deploySteps(1));
        String number = driver.start(driver.changeInImplementation("rita", service), sample("1.0"));
        driver.fireTimer(number);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.WAITING);

        asReleaseManager();
        rollbacks.request(number, "Not today");
        driver.fireTimer(number);

        assertThat(tools.callsOf(number)).isEmpty();
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void asksAPersonAboutAFailedUndo() {
        String number = failingUndo();
        assertThat(driver.openTasks(number))
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("Activity_ResolveFailedUndo");

        asReleaseManager();
        tasks.submit(number, "ResolveFailedUndo", null, Map.of("action", "SKIP", "reason", "Harmless"));
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
    }

    @Test
    void takesTheTaskBackWhenTheFailedUndoIsResolvedElsewhere() {
        String number = failingUndo();

        asReleaseManager();
        resolutions.resolve(number, 1, ResolutionAction.RETRY, "Try again");
        assertThat(driver.openTasks(number)).isEmpty();
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void asksAPersonWhenAToolNeverAnswersClearly() {
        String number = unknownStep();
        assertThat(driver.openTasks(number))
                .extracting(Task::getTaskDefinitionKey)
                .containsExactly("Activity_ResolveUnknownStep");

        asReleaseManager();
        tasks.submit(number, "ResolveUnknownStep", null, Map.of("action", "SKIP", "reason", "It did not run"));
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void takesTheTaskBackWhenTheUnknownStepIsResolvedElsewhere() {
        String number = unknownStep();

        asReleaseManager();
        resolutions.resolve(number, 1, ResolutionAction.DONE_BY_HAND, "It ran");
        assertThat(driver.openTasks(number)).isEmpty();
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
    }

    private String failingUndo() {
        String number = driver.start(sample("1.0"));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.refused("No"));
        tools.answer(number, 1, CommandKind.UNDO, ConnectorAnswer.failed("Locked"));
        driver.settle(number);
        return number;
    }

    private String unknownStep() {
        String number = driver.start(sample("1.0"));
        for (int i = 0; i < 5; i++) {
            tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.ambiguous("502"));
        }
        driver.settle(number);
        return number;
    }

    private static RolloutPlan sample(String version) {
        return new RolloutPlan(
                "SampleRollout",
                List.of(),
                Map.of("version", version),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK);
    }

    private static void asReleaseManager() {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        "rolf", null, AuthorityUtils.createAuthorityList("ROLE_release-manager")));
    }
}
