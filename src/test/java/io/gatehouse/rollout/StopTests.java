package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.audit.TrailNames;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Somebody wants a tool to stop: the tool is told, and still tells itself what became of the step. */
@OnH2
@RolloutTest
class StopTests {

    private static final int MANY = 1000;

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Dispatcher dispatcher;

    @Autowired
    StopRows stops;

    @Autowired
    StopDispatcher stopDispatcher;

    @Autowired
    QuarantineAtStart atStart;

    @Autowired
    Quarantines quarantines;

    @Autowired
    CommandRows commands;

    @Autowired
    RolloutProperties properties;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvcTester mvc;

    @Test
    void theToolIsToldOnceAndItsOwnStateDecidesAboutTheStep() {
        String number = underWay("stoppable");
        String key = command(number).key();
        tools.whenAsked(key, ConnectorAnswer.accepted(null));

        assertThat(stop(number))
                .hasStatus(202)
                .bodyJson()
                .hasPathSatisfying("$.state", state -> state.assertThat().isEqualTo("REQUESTED"))
                .hasPathSatisfying("$.by", by -> by.assertThat().isEqualTo("rolf"));
        assertThat(call(number, "mona", "change-manager", "Stop it, too"))
                .hasStatus(202)
                .bodyJson()
                .extractingPath("by")
                .isEqualTo("rolf");
        driver.settle(number);

        assertThat(tools.stopsOf(key)).isOne();
        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
        assertThat(steps(number))
                .bodyJson()
                .extractingPath("items[0].stop.state")
                .isEqualTo("TAKEN");
        assertThat(recorded(number)).containsExactly("rolf rollout.StopRequested", "gatehouse rollout.StopAnswered");

        lookAgain(number, ConnectorAnswer.failed("Canceled"));
        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(stateOf(number)).isEqualTo(StepState.UNDONE);
    }

    @Test
    void theToolIsToldNothingInAQuarantine() {
        String number = underWay("stoppable");
        String key = command(number).key();
        tools.whenAsked(key, ConnectorAnswer.accepted(null));
        atStart.begin("restored-" + number);
        try {
            stop(number);
            driver.settle(number);
            assertThat(tools.stopsOf(key)).isZero();
        } finally {
            ROLF.runs(() -> quarantines.release("Looked at it"));
        }

        driver.settle(number);

        assertThat(tools.stopsOf(key)).isOne();
    }

    @Test
    void aRunThatSucceedsAllTheSameHasRun() {
        String number = underWay("stoppable");
        tools.whenAsked(command(number).key(), ConnectorAnswer.accepted(null));
        stop(number);
        driver.settle(number);

        lookAgain(number, ConnectorAnswer.succeeded("It was done already"));

        assertThat(stateOf(number)).isEqualTo(StepState.DONE);
        assertThat(tools.history(number)).containsExactly("RUN 1");
    }

    @Test
    void theResultIsAskedForAsSoonAsTheToolWasTold() {
        String number = underWay("stoppable");
        tools.whenAsked(command(number).key(), ConnectorAnswer.failed("Canceled"));

        stop(number);
        driver.settle(number);

        // It was not yet time to ask again.
        assertThat(stateOf(number)).isEqualTo(StepState.UNDONE);
    }

    @Test
    void aToolThatDoesNotLetUsIsNotToldAgain() {
        String number = underWay("stoppable");
        String key = command(number).key();
        tools.whenAsked(key, ConnectorAnswer.accepted(null));
        tools.whenStopped(key, ConnectorAnswer.refused("The tool answered 403"));

        stop(number);
        driver.settle(number);

        assertThat(tools.stopsOf(key)).isOne();
        assertThat(stopOf(number)).returns(StopState.REFUSED, StopOrder::state);
        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
    }

    @Test
    void aToolThatCannotBeToldIsTriedAgainButNotForever() {
        String number = underWay("stoppable");
        String key = command(number).key();
        tools.whenAsked(key, ConnectorAnswer.accepted(null));
        tools.whenStopped(key, ConnectorAnswer.notReached("Connection refused"));

        stop(number);
        driver.settle(number);

        assertThat(tools.stopsOf(key)).isEqualTo(properties.maxTries());
        assertThat(stopOf(number))
                .returns(StopState.NOT_TOLD, StopOrder::state)
                .returns("Connection refused", StopOrder::detail);
        assertThat(stateOf(number)).isEqualTo(StepState.RUNNING);
    }

    @Test
    void aStepNobodyKnowsAboutIsStoppedTooAndStaysWithThePerson() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "stoppable")));
        for (int i = 0; i < properties.maxTries(); i++) {
            tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.ambiguous("Connection reset"));
        }
        tools.whenAsked(command(number).key(), ConnectorAnswer.ambiguous("Nobody knows"));
        driver.settle(number);
        assertThat(stateOf(number)).isEqualTo(StepState.UNKNOWN);

        assertThat(stop(number)).hasStatus(202);
        driver.settle(number);

        assertThat(tools.stopsOf(command(number).key())).isOne();
        assertThat(stopOf(number)).returns(StopState.TAKEN, StopOrder::state);
        assertThat(stateOf(number)).isEqualTo(StepState.UNKNOWN);
    }

    @Test
    void anOrderThatMayBeOnItsWayIsNeverSentAgain() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "stoppable")));
        Lease dead = leaseOf(number);

        assertThat(stop(number)).hasStatus(202);
        expire(dead);
        driver.settle(number);

        assertThat(tools.callsOf(number)).isEmpty();
        assertThat(stateOf(number)).isEqualTo(StepState.NOT_RUN);
    }

    @Test
    void anOrderThatDidNotReachTheToolIsNotTriedAgain() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "stoppable")));
        tools.during(number, 1, CommandKind.RUN, call -> {
            assertThat(stop(number)).hasStatus(202);
            return ConnectorAnswer.notReached("Connection refused");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(stateOf(number)).isEqualTo(StepState.NOT_RUN);
    }

    @Test
    void aProgramIsToldWhileItRuns() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "program")));
        tools.during(number, 1, CommandKind.RUN, call -> {
            assertThat(call.stopWanted().getAsBoolean()).isFalse();
            assertThat(stop(number)).hasStatus(202);
            return call.stopWanted().getAsBoolean()
                    ? ConnectorAnswer.failed("Stopped")
                    : ConnectorAnswer.succeeded("Nobody stopped it");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(stopOf(number)).returns(StopState.TAKEN, StopOrder::state);
    }

    @Test
    void anUndoIsStoppedAsWell() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "stoppable")));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        tools.answer(number, 1, CommandKind.UNDO, ConnectorAnswer.accepted("77"));
        driver.settle(number);
        tools.whenAsked(command(number).key(), ConnectorAnswer.failed("Canceled"));

        assertThat(stop(number)).hasStatus(202);
        driver.settle(number);

        assertThat(stateOf(number)).isEqualTo(StepState.UNDO_FAILED);
    }

    @Test
    void theUndoOfAToolThatIsNotReachedIsNotWaitedForAnyLonger() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "tool")));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        tools.answer(
                number,
                1,
                CommandKind.UNDO,
                ConnectorAnswer.notReached("Connection refused").after(Duration.ofMinutes(10)));
        driver.settle(number);
        assertThat(stateOf(number)).isEqualTo(StepState.UNDOING);
        assertThat(driver.openTasks(number)).isEmpty();

        assertThat(stop(number)).hasStatus(202);

        assertThat(rollouts.steps(number).get(0))
                .returns(StepState.UNDO_FAILED, Step::state)
                .returns("Connection refused, and somebody ended the waiting", Step::detail);
        driver.settle(number);
        assertThat(driver.openTasks(number)).hasSize(1);
        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(stopOf(number)).returns(StopState.TAKEN, StopOrder::state);
    }

    @Test
    void aToolThatIsNotReachedHasNotRunTheStepOnceSomebodyEndsTheWaiting() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "tool")));
        tools.answer(
                number,
                1,
                CommandKind.RUN,
                ConnectorAnswer.notReached("Connection refused").after(Duration.ofMinutes(10)));
        driver.settle(number);

        assertThat(stop(number)).hasStatus(202);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(stateOf(number)).isEqualTo(StepState.NOT_RUN);
    }

    @Test
    void oneOfTwoNodesTellsTheTool() {
        String number = underWay("stoppable");
        stop(number);

        List<Long> leased = IntStream.range(0, 2)
                .mapToObj(node -> stopDispatcher.lease(MANY))
                .flatMap(List::stream)
                .map(StopOrder::command)
                .filter(command -> command == command(number).id())
                .toList();

        assertThat(leased).hasSize(1);
    }

    @Test
    void theAnswerOfANodeWhoseLeaseAnotherHasTakenOverIsDropped() {
        String number = underWay("stoppable");
        stop(number);
        StopOrder stalled = leasedStop(number);
        jdbc.sql("update rollout_stop set due_at = timestampadd(second, -1, localtimestamp(6)) where command_id = :id")
                .param("id", stalled.command())
                .update();
        StopOrder takenOver = leasedStop(number);

        assertThat(stops.renew(stalled, properties.lease())).isFalse();
        assertThat(stops.end(stalled, StopState.REFUSED, "late")).isFalse();
        assertThat(stops.end(takenOver, StopState.TAKEN, "in time")).isTrue();
    }

    @Test
    void nothingIsStoppedBeforeItBeginsOrOnceItHasEnded() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", "stoppable")));
        hasType(stop(number), "nothing-to-stop");

        driver.settle(number);
        hasType(stop(number), "nothing-to-stop");
        assertThat(stops.find(command(number).id())).isEmpty();
    }

    @Test
    void aToolThatCannotBeStoppedSaysSoBeforehand() {
        hasType(stop(underWay("asked")), "tool-cannot-stop");
        hasType(stop(underWay("program")), "tool-cannot-stop");
    }

    @Test
    void onlyThoseWhoMayRollItBackStopIt() {
        String number = underWay("stoppable");

        assertThat(call(number, "alma", "auditor", "Just so")).hasStatus(403);
        assertThat(call(number, "rolf", "release-manager", " ")).hasStatus(400);
        assertThat(mvc.post()
                        .uri("/api/v1/rollouts/" + number + "/steps/7/stop")
                        .with(user("rolf").roles("release-manager"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"reason\": \"Why not\"}"))
                .hasStatus(404);
    }

    /** Taken by its tool, which has not ended it. */
    private String underWay(String connector) {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Web", connector)));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted("17"));
        driver.settle(number);
        assertThat(command(number).state()).isEqualTo(CommandState.ACCEPTED);
        return number;
    }

    private Command command(String number) {
        List<Command> all = commands.list(RolloutNumber.idOf(number), 1);
        return all.get(all.size() - 1);
    }

    private StopOrder stopOf(String number) {
        return stops.list(RolloutNumber.idOf(number)).get(1);
    }

    private StopOrder leasedStop(String number) {
        return stopDispatcher.lease(MANY).stream()
                .filter(order -> order.command() == command(number).id())
                .findFirst()
                .orElseThrow();
    }

    private Lease leaseOf(String number) {
        return dispatcher.lease(MANY).stream()
                .filter(lease -> RolloutNumber.of(lease.command().rollout()).equals(number))
                .findFirst()
                .orElseThrow();
    }

    private void expire(Lease lease) {
        jdbc.sql("update rollout_command set due_at = timestampadd(second, -1, localtimestamp(6)) where id = :id")
                .param("id", lease.command().id())
                .update();
    }

    private void lookAgain(String number, ConnectorAnswer answer) {
        tools.whenAsked(command(number).key(), answer);
        commands.lookNow(command(number).id());
        driver.settle(number);
    }

    private StepState stateOf(String number) {
        return rollouts.steps(number).get(0).state();
    }

    private List<String> recorded(String number) {
        return jdbc.sql("select " + TrailNames.ACTOR + " as actor, action from audit_entry where object = :number"
                        + " and action in ('rollout.StopRequested', 'rollout.StopAnswered') order by n")
                .param("number", number)
                .query((row, i) -> row.getString("actor") + " " + row.getString("action"))
                .list();
    }

    private static void hasType(MvcTestResult answer, String type) {
        assertThat(answer).hasStatus(409).bodyJson().extractingPath("type").isEqualTo("urn:gatehouse:problem:" + type);
    }

    private MvcTestResult steps(String number) {
        return mvc.get()
                .uri("/api/v1/rollouts/" + number + "/steps")
                .with(user("rolf").roles("release-manager"))
                .exchange();
    }

    private MvcTestResult stop(String number) {
        return call(number, "rolf", "release-manager", "Wrong version");
    }

    private MvcTestResult call(String number, String person, String role, String reason) {
        return mvc.post()
                .uri("/api/v1/rollouts/" + number + "/steps/1/stop")
                .with(user(person).roles(role))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"reason\": \"" + reason + "\"}")
                .exchange();
    }
}
