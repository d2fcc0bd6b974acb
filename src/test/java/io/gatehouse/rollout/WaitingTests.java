package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.testing.OnH2;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** Steps whose tool is down: they wait and say so. */
@OnH2
@RolloutTest
class WaitingTests {

    private static final ConnectorAnswer DOWN = ConnectorAnswer.notReached("Connection refused");
    private static final int MANY = 1000;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Dispatcher dispatcher;

    @Autowired
    private Connectors connectors;

    @Autowired
    private RolloutRows rows;

    @Autowired
    private CommandRows commands;

    @Autowired
    private Ledger ledger;

    @Autowired
    private Settlement settlement;

    @Autowired
    private RolloutProcess process;

    @Autowired
    private Aborts aborts;

    @Autowired
    private RolloutAudit audit;

    @Autowired
    private Contention contention;

    @Autowired
    private Clock clock;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Rollbacks rollbacks;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void sayWhyTheyWaitUntilTheToolIsReached() {
        String number = driver.start(deploySteps(1));
        tools.answer(number, 1, CommandKind.RUN, DOWN);
        tools.answer(number, 1, CommandKind.RUN, DOWN);

        dispatch(number);
        Waiting first = waiting(number);
        dispatch(number);

        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
        assertThat(first).returns(1, Waiting::tries).returns("Connection refused", Waiting::because);
        assertThat(waiting(number)).returns(2, Waiting::tries).returns(first.since(), Waiting::since);
        assertThat(mvc.get().uri("/api/v1/rollouts/{number}/steps", number).with(ROLF.signsIn()))
                .hasStatusOk()
                .bodyJson()
                .hasPathSatisfying(
                        "$.items[0].waiting.tries", tries -> tries.assertThat().isEqualTo(2))
                .hasPathSatisfying(
                        "$.items[0].waiting.because", why -> why.assertThat().isEqualTo("Connection refused"));

        dispatch(number);
        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
        assertThat(waiting(number)).isNull();
    }

    @Test
    void sayThatTheToolCannotBeAskedUntilItCan() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "asked")));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted("17"));
        dispatch(number);
        String key = tools.callsOf(number).get(0).key();

        tools.whenAsked(key, DOWN);
        askAgain(number);

        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
        assertThat(waiting(number)).returns(1, Waiting::tries).returns("Connection refused", Waiting::because);

        tools.whenAsked(key, ConnectorAnswer.accepted("17"));
        askAgain(number);

        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
        assertThat(waiting(number)).isNull();
    }

    @Test
    void sayThatNobodyKnowsYetWhetherTheOrderArrived() {
        String number = driver.start(deploySteps(1));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.ambiguous("The tool answered 503"));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted("17"));

        dispatch(number);
        assertThat(waiting(number)).returns("The tool answered 503", Waiting::because);

        dispatch(number);
        assertThat(waiting(number)).isNull();
    }

    @Test
    void waitLongerEachTime() {
        String number = driver.start(deploySteps(1));

        for (int pause : new int[] {2, 4, 8, 16}) {
            answer(number, DOWN);
            assertThat(dueIn(number)).isBetween(Duration.ofSeconds(pause - 1), Duration.ofSeconds(pause));
        }
    }

    @Test
    void areAskedAboutLessOftenWhileTheToolDoesNotAnswer() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "asked")));
        answer(number, ConnectorAnswer.accepted("17"));

        for (int pause : new int[] {5, 5, 8, 16}) {
            answer(number, DOWN);
            assertThat(dueIn(number)).isBetween(Duration.ofSeconds(pause - 1), Duration.ofSeconds(pause));
        }
        answer(number, ConnectorAnswer.accepted("17"));
        assertThat(dueIn(number)).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    @Test
    void waitAsLongAsTheToolWants() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "asked")));

        answer(number, DOWN.after(Duration.ofMinutes(10)));
        assertThat(dueIn(number)).isBetween(Duration.ofSeconds(590), Duration.ofSeconds(600));

        answer(number, ConnectorAnswer.accepted("17").after(Duration.ofMinutes(1)));
        assertThat(dueIn(number)).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(waiting(number)).isNull();

        answer(number, DOWN.after(Duration.ofMinutes(20)));
        assertThat(dueIn(number)).isBetween(Duration.ofSeconds(1190), Duration.ofSeconds(1200));
        assertThat(waiting(number).until()).isAfter(clock.instant().plus(Duration.ofMinutes(19)));
    }

    @Test
    void areNotGivenUpBeforeOurPatienceIsOver() {
        String number = driver.start(deploySteps(1));
        for (int tries = 0; tries < 10; tries++) {
            answer(number, DOWN);
        }
        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);

        jdbc.sql(
                        "update rollout_command set waits_since = timestampadd(minute, -15, waits_since) where rollout_id = :id")
                .param("id", RolloutNumber.idOf(number))
                .update();
        answer(number, DOWN);

        assertThat(stateOf(number)).isEqualTo(StepState.NOT_RUN);
    }

    @Test
    void areNotWaitedForOnceEverythingIsToBeUndone() {
        String number = driver.start(deploySteps(2));
        tools.answer(number, 1, CommandKind.RUN, DOWN);
        dispatch(number);

        ROLF.runs(() -> rollbacks.request(number, "The tool is down"));
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(rollouts.steps(number)).singleElement().returns(StepState.NOT_RUN, Step::state);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void areNotTriedAgainIfARollbackIsAskedForDuringTheTry() {
        String number = driver.start(deploySteps(2));
        tools.during(number, 1, CommandKind.RUN, call -> {
            ROLF.runs(() -> rollbacks.request(number, "Wrong version"));
            return DOWN;
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    /** Records an answer as a node does whose settings are as delivered. */
    private void answer(String number, ConnectorAnswer answer) {
        makeDue(number);
        Command command = lease(number).command();
        AnswerRecorder recorder = new AnswerRecorder(
                rows,
                commands,
                ledger,
                settlement,
                process,
                RolloutPropertiesTests.asDelivered(),
                aborts,
                audit,
                contention,
                clock);
        assertThat(recorder.record(command, connectors.find(command.connector()).orElseThrow(), answer))
                .isTrue();
    }

    private void askAgain(String number) {
        makeDue(number);
        dispatch(number);
    }

    private void dispatch(String number) {
        dispatcher.send(lease(number));
    }

    private Lease lease(String number) {
        return dispatcher.lease(MANY).stream()
                .filter(lease -> RolloutNumber.of(lease.command().rollout()).equals(number))
                .findFirst()
                .orElseThrow();
    }

    private void makeDue(String number) {
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where rollout_id = :id")
                .param("id", RolloutNumber.idOf(number))
                .update();
    }

    private Duration dueIn(String number) {
        return Duration.ofSeconds(jdbc.sql(
                        "select timestampdiff(second, localtimestamp(6), due_at) from rollout_command where rollout_id = :id")
                .param("id", RolloutNumber.idOf(number))
                .query(Long.class)
                .single());
    }

    private @Nullable Waiting waiting(String number) {
        return rollouts.waiting(number).get(1);
    }

    private StepState stateOf(String number) {
        return rollouts.steps(number).get(0).state();
    }
}
