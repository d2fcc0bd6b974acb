package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rollouts whose process somebody has deleted from the engine. */
@OnH2
@RolloutTest
class LostRolloutsTests {

    @Autowired
    private LostRollouts lost;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Resolutions resolutions;

    @Autowired
    private Pauses pauses;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private JdbcTemplate jdbc;

    private final String service = "service-" + UUID.randomUUID();

    @Test
    void leavesARolloutAloneThatHasItsProcess() {
        String number = start();

        lost.find();

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.RUNNING);
        assertThat(holdsItsService(number)).isTrue();
    }

    @Test
    void takesBackWhatNoToolWasToldAndFreesTheServices() {
        String number = start();
        deleteProcess(number);

        lost.find();
        driver.dispatchOnce();

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABANDONED);
        assertThat(tools.history(number)).isEmpty();
        assertThat(stepState(number)).isEqualTo("NOT_RUN");
        assertThat(holdsItsService(number)).isFalse();
        assertThat(recorded(number)).containsOnlyOnce("rollout.ProcessLost");
        assertThat(driver.stateOf(start())).isEqualTo(RolloutState.RUNNING);
    }

    @Test
    void takesBackWhatAPauseHeldBack() {
        String number = start();
        ROLF.runs(() -> pauses.pause(number, "Wait"));
        deleteProcess(number);

        lost.find();
        driver.dispatchOnce();

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABANDONED);
        assertThat(tools.history(number)).isEmpty();
        assertThat(stepState(number)).isEqualTo("NOT_RUN");
        assertThat(holdsItsService(number)).isFalse();
    }

    @Test
    void keepsTheServicesWhileAToolIsAtWork() {
        String number = driver.start(
                driver.changeInImplementation("rita", service),
                RolloutDriver.plan(RolloutDriver.step(Stage.DEPLOY_APPLICATION, "Deploy", "asked")));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
        driver.dispatchOnce();
        deleteProcess(number);

        lost.find();
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABANDONED);
        assertThat(holdsItsService(number)).isTrue();

        tools.whenAsked(tools.callsOf(number).get(0).key(), ConnectorAnswer.succeeded("Done"));
        askAgainNow(number);
        driver.dispatchOnce();
        assertThat(stepState(number)).isEqualTo("DONE");

        lost.find();
        assertThat(holdsItsService(number)).isFalse();
        assertThat(recorded(number)).containsOnlyOnce("rollout.ProcessLost");
    }

    @Test
    void keepsTheServicesUntilAPersonHasSaidWhatIsThere() {
        String number = start();
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        tools.answer(number, 1, CommandKind.UNDO, ConnectorAnswer.failed("Disk full"));
        driver.settle(number);
        deleteProcess(number);

        lost.find();
        assertThat(holdsItsService(number)).isTrue();
        assertThatThrownBy(() -> ROLF.runs(() -> resolutions.resolve(number, 1, ResolutionAction.RETRY, "Again")))
                .hasMessageContaining("is ABANDONED");

        ROLF.runs(() -> resolutions.resolve(number, 1, ResolutionAction.DONE_BY_HAND, "Switched the link back"));
        lost.find();
        assertThat(holdsItsService(number)).isFalse();
    }

    @Test
    void isFoundOnceByNodesThatLookAtTheSameTime() throws Exception {
        String number = start();
        deleteProcess(number);
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<? extends Future<?>> looks = Stream.generate(() -> nodes.submit(() -> lost.find()))
                    .limit(3)
                    .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(recorded(number)).containsOnlyOnce("rollout.ProcessLost");
    }

    private String start() {
        return driver.start(driver.changeInImplementation("rita", service), deploySteps(2));
    }

    private void deleteProcess(String number) {
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .list()
                .forEach(process -> InsideTheEngine.run(
                        engine, () -> runtime.deleteProcessInstance(process.getId(), "by mistake")));
    }

    private void askAgainNow(String number) {
        jdbc.update(
                "update rollout_command set due_at = localtimestamp(6) where rollout_id = ?",
                RolloutNumber.idOf(number));
    }

    private String stepState(String number) {
        return jdbc.queryForObject(
                "select state from rollout_step where rollout_id = ? and seq = 1",
                String.class,
                RolloutNumber.idOf(number));
    }

    private boolean holdsItsService(String number) {
        return !jdbc.queryForList(
                        "select service from rollout_target where rollout_id = ?",
                        String.class,
                        RolloutNumber.idOf(number))
                .isEmpty();
    }

    private List<String> recorded(String number) {
        return jdbc.queryForList("select action from audit_entry where object = ?", String.class, number);
    }
}
