package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.audit.Fingerprint;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.testing.OnH2;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A rollout that somebody pauses stands still between two steps until somebody resumes it. */
@OnH2
@RolloutTest
class PauseTests {

    private static final int MANY = 1000;

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Resolutions resolutions;

    @Autowired
    Dispatcher thisNode;

    @Autowired
    CommandRows commands;

    @Autowired
    StepRows steps;

    @Autowired
    LogRows logs;

    @Autowired
    Connectors connectors;

    @Autowired
    LastLook lastLook;

    @Autowired
    AnswerRecorder recorder;

    @Autowired
    QuarantineRows quarantines;

    @Autowired
    RolloutProperties properties;

    @Autowired
    Contention contention;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvcTester mvc;

    @Test
    void finishesTheStepThatIsRunningAndHoldsTheNextBack() {
        String number = pausedDuringStep(1, deploySteps(3));

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.HELD);
        assertThat(rollouts.find(number).pause()).returns("rolf", Pause::by).returns("Users complain", Pause::because);
        assertThat(rollouts.rollbackPreview(number)).extracting(Step::seq).containsExactly(1);
    }

    @Test
    void goesOnWhereItStoodWhenItIsResumed() {
        String number = pausedDuringStep(1, deploySteps(3));

        assertThat(resume(number)).hasStatusOk().bodyJson().doesNotHavePath("paused");
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "RUN 3");
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
    }

    @Test
    void holdsBackAStepThatNoNodeHasTakenYet() {
        String number = driver.start(deploySteps(1));

        assertThat(pause(number)).hasStatusOk();
        driver.settle(number);

        assertThat(tools.history(number)).isEmpty();
        assertThat(states(number)).containsExactly(StepState.HELD);
    }

    @Test
    void isPausedAndResumedOnce() {
        String number = driver.start(deploySteps(1));

        pause(number);
        assertThat(call("pause", number, "mona", "change-manager", "Another reason"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("paused.by")
                .isEqualTo("rolf");
        resume(number);
        assertThat(resume(number)).hasStatusOk();

        assertThat(recorded(number)).containsExactly("rolf rollout.Paused", "rolf rollout.Resumed");
    }

    @Test
    void keepsReasonsOutOfTheTrailButForTheirDigests() {
        String number = pausedDuringStep(1, deploySteps(2));
        resume(number);

        List<Map<String, Object>> reasons = jdbc.sql("select * from rollout_reason where rollout_id = :id order by id")
                .param("id", Long.parseLong(number.substring(4)))
                .query()
                .listOfRows();
        assertThat(reasons)
                .extracting(reason -> reason.get("said_with"))
                .containsExactly("rollout.Paused", "rollout.Resumed");
        List<String> payloads = jdbc.sql("select payload from audit_entry where object = :number"
                        + " and action in ('rollout.Paused', 'rollout.Resumed') order by n")
                .param("number", number)
                .query(String.class)
                .list();
        assertThat(payloads).hasSize(2);
        for (int i = 0; i < 2; i++) {
            Map<String, Object> kept = reasons.get(i);
            assertThat(payloads.get(i))
                    .doesNotContain("\"reason\"")
                    .doesNotContain((String) kept.get("reason"))
                    .contains("\"reasonSha256\":\""
                            + Fingerprint.of(
                                    kept.get("rollout_id"), kept.get("said_with"), kept.get("reason"), saidAt(kept))
                            + "\"");
        }
    }

    private static Instant saidAt(Map<String, Object> kept) {
        Object at = kept.get("said_at");
        return (at instanceof Timestamp stamp ? stamp.toLocalDateTime() : (LocalDateTime) at).toInstant(ZoneOffset.UTC);
    }

    @Test
    void undoesWhatRanWhenSomebodyRollsItBackAndNeverRunsWhatWasHeldBack() {
        String number = pausedDuringStep(1, deploySteps(3));

        assertThat(rollBack(number)).hasStatus(202).bodyJson().doesNotHavePath("paused");
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(states(number)).containsExactly(StepState.UNDONE, StepState.NOT_RUN);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(driver.hasEnded(number)).isTrue();
    }

    @Test
    void isRolledBackAtOnceWhenTheRunningStepFails() {
        String number = driver.start(deploySteps(3));
        tools.during(number, 2, CommandKind.RUN, call -> {
            pause(number);
            return ConnectorAnswer.failed("Exit code 2");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(rollouts.find(number).isPaused()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"pause", "resume"})
    void isRefusedWhileSomethingIsUndoneAndAfterwards(String what) {
        String number = driver.start(deploySteps(2));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        List<MvcTestResult> answers = new ArrayList<>();
        tools.during(number, 1, CommandKind.UNDO, call -> {
            answers.add(call(what, number, "rolf", "release-manager", "Wait"));
            return ConnectorAnswer.succeeded("undone");
        });
        driver.settle(number);
        answers.add(call(what, number, "rolf", "release-manager", "Wait"));

        assertThat(answers).hasSize(2);
        hasType(answers.get(0), "rollout-turned-back");
        hasType(answers.get(1), "rollout-ended");
    }

    @Test
    void isRefusedOnceSomebodyHasAskedForARollback() {
        String number = driver.start(deploySteps(2));
        rollBack(number);

        hasType(pause(number), "rollout-turned-back");
    }

    @Test
    void holdsBackAnotherTryWhenTheToolCouldNotBeReached() {
        String number = driver.start(deploySteps(1));
        tools.during(number, 1, CommandKind.RUN, call -> {
            pause(number);
            return ConnectorAnswer.notReached("Connection refused");
        });

        driver.settle(number);
        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(states(number)).containsExactly(StepState.HELD);

        resume(number);
        driver.settle(number);
        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 1");
        assertThat(states(number)).containsExactly(StepState.DONE);
    }

    @Test
    void seesAStepThroughOfWhichNobodyKnowsWhetherTheCallArrived() {
        String number = driver.start(deploySteps(1));
        tools.during(number, 1, CommandKind.RUN, call -> {
            pause(number);
            return ConnectorAnswer.ambiguous("Connection reset");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 1");
        assertThat(states(number)).containsExactly(StepState.DONE);
    }

    @Test
    void holdsBackWhatAPersonHasTriedAgain() {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "One", "blind")));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.ambiguous("Connection reset"));
        driver.settle(number);
        pause(number);

        ROLF.runs(() -> resolutions.resolve(number, 1, ResolutionAction.RETRY, "I looked"));
        driver.settle(number);
        assertThat(states(number)).containsExactly(StepState.HELD);
        assertThat(tools.history(number)).containsExactly("RUN 1");

        resume(number);
        driver.settle(number);
        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 1");
    }

    @Test
    void keepsNobodyFromAcceptingWhatIsDeployed() {
        String number = driver.run(deploySteps(1));
        pause(number);

        driver.fireTimer(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
        assertThat(rollouts.find(number).isPaused()).isFalse();
    }

    @Test
    void isStillPausedOnceItHasWaitedForItsServices() {
        String service = "shared-" + UUID.randomUUID();
        String first = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        String second = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        assertThat(pause(second)).hasStatusOk();
        driver.settle(first);
        driver.fireTimer(first);

        driver.fireTimer(second);

        assertThat(driver.stateOf(second)).isEqualTo(RolloutState.RUNNING);
        assertThat(states(second)).containsExactly(StepState.HELD);
        assertThat(tools.history(second)).isEmpty();
    }

    @Test
    void looksAgainBeforeItRunsWhatWasHeldBack() {
        String number = pausedDuringStep(1, deploySteps(2));
        jdbc.sql("update change_request set on_hold_because = 'wait' where id = :id")
                .param("id", Long.parseLong(rollouts.find(number).change().substring(4)))
                .update();

        resume(number);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(states(number)).containsExactly(StepState.UNDONE, StepState.NOT_RUN);
    }

    @Test
    void standsStillInAProcessThatATeamHasDrawn() {
        String number = pausedDuringStep(1, drawnByATeam());
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.HELD);

        resume(number);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "RUN 3");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.DEPLOYED);
    }

    @Test
    void isRolledBackInAProcessThatATeamHasDrawn() {
        String number = pausedDuringStep(2, drawnByATeam());

        rollBack(number);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(driver.hasEnded(number)).isTrue();
    }

    @Test
    void seesAStepThroughThatAnotherNodeHasTaken() {
        String number = driver.start(deploySteps(2));
        List<Lease> taken = thisNode.lease(MANY);

        pause(number);
        assertThat(states(number)).containsExactly(StepState.RUNNING);
        taken.forEach(anotherNode()::send);
        taken.forEach(thisNode::send);
        driver.settle(number);

        assertThat(tools.history(number).stream().distinct()).containsExactly("RUN 1");
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.HELD);
    }

    /** Two nodes take commands while all their rollouts are paused. */
    @Test
    void eitherRunsAStepOrHoldsItBack() throws Exception {
        List<String> numbers = IntStream.range(0, 20)
                .mapToObj(i -> driver.start(deploySteps(1)))
                .toList();
        Dispatcher otherNode = anotherNode();
        List<Callable<List<Lease>>> races = new ArrayList<>();
        for (Dispatcher node : List.of(thisNode, otherNode)) {
            races.add(() -> {
                List<Lease> leases = node.lease(MANY);
                leases.forEach(node::send);
                return leases;
            });
        }
        races.add(1, () -> {
            numbers.forEach(this::pause);
            return List.of();
        });
        ExecutorService nodes = Executors.newFixedThreadPool(races.size());
        try {
            for (Future<List<Lease>> race : nodes.invokeAll(races)) {
                race.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        numbers.forEach(driver::settle);

        assertThat(numbers).allSatisfy(number -> {
            boolean held = states(number).get(0) == StepState.HELD;
            assertThat(tools.history(number)).hasSize(held ? 0 : 1);
            assertThat(rollouts.find(number).isPaused()).isTrue();
        });
        numbers.forEach(this::resume);
        numbers.forEach(driver::settle);
        assertThat(numbers)
                .allSatisfy(number -> assertThat(tools.history(number)).containsExactly("RUN 1"));
    }

    @ParameterizedTest
    @CsvSource({
        "rita, requester, 200",
        "ruth, requester, 403",
        "mona, change-manager, 200",
        "rolf, release-manager, 200",
        "oskar, ops-lead, 200",
        "carla, cab-member, 403",
        "theo, technical-approver, 403",
        "adam, admin, 403"
    })
    void isForWhoeverMayRollItBack(String person, String role, int status) {
        String number = driver.start(deploySteps(1));

        assertThat(call("pause", number, person, role, "Wait")).hasStatus(status);
        assertThat(rollouts.find(number).isPaused()).isEqualTo(status == 200);
        pause(number);
        assertThat(call("resume", number, person, role, "Go on")).hasStatus(status);
        assertThat(rollouts.find(number).isPaused()).isEqualTo(status != 200);
    }

    @ParameterizedTest
    @CsvSource({"ROL-999999999, Wait, 404", "ROL-x, Wait, 404", "ROL-999999999, ' ', 400"})
    void answersWithAProblemAndNeverAnError(String number, String reason, int status) {
        assertThat(call("pause", number, "rolf", "release-manager", reason)).hasStatus(status);
        assertThat(call("resume", number, "rolf", "release-manager", reason)).hasStatus(status);
    }

    private String pausedDuringStep(int seq, RolloutPlan plan) {
        String number = driver.start(plan);
        tools.during(number, seq, CommandKind.RUN, call -> {
            assertThat(pause(number)).hasStatusOk();
            return ConnectorAnswer.succeeded("finished all the same");
        });
        driver.settle(number);
        return number;
    }

    private static RolloutPlan drawnByATeam() {
        return new RolloutPlan(
                "SampleRollout",
                List.of(),
                Map.of("version", "3.2.1"),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK);
    }

    private Dispatcher anotherNode() {
        return new Dispatcher(
                commands, steps, logs, connectors, lastLook, recorder, quarantines, properties, contention);
    }

    private List<StepState> states(String number) {
        return rollouts.steps(number).stream().map(Step::state).toList();
    }

    private List<String> recorded(String number) {
        return jdbc.sql("select " + TrailNames.ACTOR + " as actor, action from audit_entry where object = :number"
                        + " and action in ('rollout.Paused', 'rollout.Resumed') order by n")
                .param("number", number)
                .query((row, i) -> row.getString("actor") + " " + row.getString("action"))
                .list();
    }

    private static void hasType(MvcTestResult answer, String type) {
        assertThat(answer).hasStatus(409).bodyJson().extractingPath("type").isEqualTo("urn:gatehouse:problem:" + type);
    }

    private MvcTestResult pause(String number) {
        return call("pause", number, "rolf", "release-manager", "Users complain");
    }

    private MvcTestResult resume(String number) {
        return call("resume", number, "rolf", "release-manager", "A false alarm");
    }

    private MvcTestResult rollBack(String number) {
        return call("rollback", number, "rolf", "release-manager", "Users complain");
    }

    private MvcTestResult call(String what, String number, String person, String role, String reason) {
        return mvc.post()
                .uri("/api/v1/rollouts/" + number + "/" + what)
                .with(user(person).roles(role))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"reason\": \"" + reason + "\"}")
                .exchange();
    }
}
