package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.testing.OnH2;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens to commands when nodes race, stall, die or come back late. */
@OnH2
@RolloutTest
class DispatcherTests {

    private static final int MANY = 1000;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Dispatcher thisNode;

    @Autowired
    private LastLook lastLook;

    @Autowired
    private AnswerRecorder recorder;

    @Autowired
    private Connectors connectors;

    @Autowired
    private CommandRows commands;

    @Autowired
    private StepRows steps;

    @Autowired
    private LogRows logs;

    @Autowired
    private QuarantineRows quarantines;

    @Autowired
    private RolloutProperties properties;

    @Autowired
    private Contention contention;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void lendEachCommandToOneOfTwoNodes() throws Exception {
        List<String> numbers = IntStream.range(0, 20)
                .mapToObj(i -> driver.start(deploySteps(1)))
                .toList();
        Dispatcher otherNode = anotherNode();
        ExecutorService nodes = Executors.newFixedThreadPool(4);

        List<Callable<List<Lease>>> races = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Dispatcher node = i % 2 == 0 ? thisNode : otherNode;
            races.add(() -> node.lease(MANY));
        }
        List<Lease> leases = new ArrayList<>();
        for (Future<List<Lease>> race : nodes.invokeAll(races)) {
            leases.addAll(race.get());
        }
        nodes.shutdown();

        assertThat(leases.stream()
                        .map(lease -> RolloutNumber.of(lease.command().rollout()))
                        .filter(numbers::contains)
                        .collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void dropTheAnswerOfANodeWhoseLeaseAnotherHasTakenOver() {
        String number = driver.start(deploySteps(1));
        Lease stalled = leaseOf(number, thisNode);
        expire(stalled);
        Lease takenOver = leaseOf(number, anotherNode());
        Connector tool = connectors.find("tool").orElseThrow();

        assertThat(recorder.record(stalled.command(), tool, ConnectorAnswer.failed("late")))
                .isFalse();
        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);

        assertThat(recorder.record(takenOver.command(), tool, ConnectorAnswer.succeeded("in time")))
                .isTrue();
        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
    }

    @Test
    void keepALeaseThatIsRenewed() {
        String number = driver.start(deploySteps(1));
        Lease lease = leaseOf(number, thisNode);
        expire(lease);

        assertThat(commands.renew(lease.command(), properties.lease())).isTrue();
        assertThat(anotherNode().lease(MANY))
                .noneMatch(other -> other.command().id() == lease.command().id());
    }

    @Test
    void cannotRenewALeaseThatAnotherNodeHasTakenOver() {
        String number = driver.start(deploySteps(1));
        Lease stalled = leaseOf(number, thisNode);
        expire(stalled);
        leaseOf(number, anotherNode());

        assertThat(commands.renew(stalled.command(), properties.lease())).isFalse();
    }

    @Test
    void sendTheSameKeyAgainAfterACrashIfTheToolRecognisesIt() {
        String number = driver.start(deploySteps(1));
        Lease dead = leaseOf(number, thisNode);
        expire(dead);

        anotherNode().lease(MANY).forEach(thisNode::send);

        assertThat(tools.callsOf(number))
                .extracting(ScriptedTools.Call::key)
                .containsExactly(dead.command().key());
        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
    }

    @Test
    void askBeforeTheySendAgainIfTheToolCanBeAsked() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "asked")));
        Lease dead = leaseOf(number, thisNode);
        expire(dead);
        tools.whenAsked(dead.command().key(), ConnectorAnswer.succeeded("It ran"));

        thisNode.lease(MANY).forEach(thisNode::send);

        assertThat(tools.callsOf(number)).isEmpty();
        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
    }

    @Test
    void sendWhatAToolThatCanBeAskedHasNeverSeen() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "asked")));
        expire(leaseOf(number, thisNode));

        thisNode.lease(MANY).forEach(thisNode::send);

        assertThat(tools.callsOf(number)).hasSize(1);
        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
    }

    @Test
    void neverSendAgainToAToolThatCanDoNeither() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "blind")));
        expire(leaseOf(number, thisNode));

        thisNode.lease(MANY).forEach(thisNode::send);
        driver.settle(number);

        assertThat(tools.callsOf(number)).isEmpty();
        assertThat(stateOf(number)).isEqualTo(StepState.UNKNOWN);
    }

    @Test
    void callNoToolOnALeaseThatAnotherNodeHasTakenOver() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "blind")));
        Lease stoodStill = leaseOf(number, thisNode);
        expire(stoodStill);
        Dispatcher otherNode = anotherNode();
        otherNode.lease(MANY).forEach(otherNode::send);
        driver.settle(number);

        thisNode.send(stoodStill);

        assertThat(tools.callsOf(number)).isEmpty();
        assertThat(stateOf(number)).isEqualTo(StepState.UNKNOWN);
    }

    @Test
    void takeALeaseThatIsNearlyOverAgainBeforeTheyCallTheTool() {
        String number = driver.start(deploySteps(1));
        Lease late = leaseOf(number, thisNode);
        expire(late);
        List<Lease> others = new ArrayList<>();
        tools.during(number, 1, CommandKind.RUN, call -> {
            others.addAll(anotherNode().lease(MANY));
            return ConnectorAnswer.succeeded("done");
        });

        thisNode.send(late);

        assertThat(tools.callsOf(number)).hasSize(1);
        assertThat(others)
                .noneMatch(other -> other.command().id() == late.command().id());
        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
    }

    @Test
    void tryAgainWhileTheToolCannotBeReachedAndThenKnowThatNothingRan() {
        String number = driver.start(deploySteps(1));
        for (int i = 0; i < properties.maxTries(); i++) {
            tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.notReached("Connection refused"));
        }

        driver.settle(number);

        assertThat(tools.callsOf(number)).hasSize(properties.maxTries());
        assertThat(stateOf(number)).isEqualTo(StepState.NOT_RUN);
    }

    @Test
    void doNotTakeARefusalForProofOnceTheCommandMayHaveArrived() {
        String number = driver.start(deploySteps(1));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.ambiguous("Connection reset"));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.refused("No longer allowed"));

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 1", "UNDO 1");
    }

    @Test
    void keepWhatAToolPrinted() {
        String number = driver.start(deploySteps(1));
        tools.during(number, 1, CommandKind.RUN, call -> {
            call.log().accept("one");
            call.log().accept("two");
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(number);

        assertThat(logs.list(RolloutNumber.idOf(number), 1, 0, 10))
                .extracting(StepLog::output)
                .containsExactly("one", "two");
    }

    Dispatcher anotherNode() {
        return new Dispatcher(
                commands, steps, logs, connectors, lastLook, recorder, quarantines, properties, contention);
    }

    private static Lease leaseOf(String number, Dispatcher node) {
        return node.lease(MANY).stream()
                .filter(lease -> RolloutNumber.of(lease.command().rollout()).equals(number))
                .findFirst()
                .orElseThrow();
    }

    private void expire(Lease lease) {
        jdbc.sql("update rollout_command set due_at = timestampadd(second, -1, localtimestamp(6)) where id = :id")
                .param("id", lease.command().id())
                .update();
    }

    private StepState stateOf(String number) {
        return rollouts.steps(number).get(0).state();
    }
}
