package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.irreversible;
import static io.gatehouse.rollout.RolloutDriver.manual;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A rollout that somebody aborts ends where it is, and a person decides what becomes of what ran. */
@OnH2
@RolloutTest
class AbortTests {

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
    Dispatcher node;

    @Autowired
    Tasks tasks;

    @Autowired
    List<TaskForm> forms;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvcTester mvc;

    @Test
    void finishesTheStepThatIsRunningAndAsksAPersonAboutWhatRan() {
        String number = abortedDuringStep(2, deploySteps(4));

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2");
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.DONE);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTING);
        assertThat(tasksOf(number)).containsExactly("Activity_DecideOnAbort");
        assertThat(shown(number))
                .containsEntry("abortedBy", "rolf")
                .containsEntry("because", "Users complain")
                .containsEntry("inPlace", "1. Deploy part 1 (web): DONE\n2. Deploy part 2 (web): DONE")
                .containsEntry("wouldBeUndone", "2. Deploy part 2 (web): DONE\n1. Deploy part 1 (web): DONE");
    }

    @Test
    void endsWithWhatRanInPlaceIfThePersonKeepsIt() {
        String service = "shared-" + UUID.randomUUID();
        String number = driver.start(driver.changeInImplementation("rita", service), deploySteps(2));
        abortDuring(number, 1);
        String next = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        assertThat(rollouts.waitsFor(rollouts.find(next))).containsExactly(number);

        decide(number, "KEEP");
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTED);
        assertThat(driver.hasEnded(number)).isTrue();
        assertThat(rollouts.find(number).abort())
                .isEqualTo(new Abort("rolf", "Users complain", "rolf", "It is as it should be"));
        assertThat(rollouts.stillInPlace(number)).extracting(Step::seq).containsExactly(1);
        assertThat(rollouts.waitsFor(rollouts.find(next))).isEmpty();
    }

    @Test
    void undoesWhatRanIfThePersonSaysSo() {
        String number = abortedDuringStep(2, deploySteps(3));

        decide(number, "ROLL_BACK");
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(driver.hasEnded(number)).isTrue();
        assertThat(rollouts.find(number).rollbackBecause()).isEqualTo("It is as it should be");
    }

    @Test
    void isRolledBackWhileThePersonIsAsked() {
        String number = abortedDuringStep(1, deploySteps(3));

        assertThat(call("rollback", number)).hasStatus(202);
        driver.settle(number);

        assertThat(tasksOf(number)).isEmpty();
        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void isRolledBackWithoutAQuestionIfSomebodyAsksBeforeTheStepIsOver() {
        String number = driver.start(deploySteps(3));
        tools.during(number, 1, CommandKind.RUN, call -> {
            assertThat(call("abort", number)).hasStatusOk();
            assertThat(call("rollback", number)).hasStatus(202);
            return ConnectorAnswer.succeeded("finished all the same");
        });
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"BACK_UP", "MIGRATE_DATABASE", "DEPLOY_APPLICATION", "SHIFT_TRAFFIC"})
    void undoesNothingByItselfEvenIfTheStepUnderWayFails(Stage stage) {
        String number = driver.start(plan(step(stage, "First", "tool"), step(stage, "Second", "tool")));
        tools.during(number, 1, CommandKind.RUN, call -> {
            assertThat(call("abort", number)).hasStatusOk();
            return ConnectorAnswer.failed("Exit code 2");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(states(number)).containsExactly(StepState.FAILED);
        assertThat(tasksOf(number)).containsExactly("Activity_DecideOnAbort");
        assertThat(rollouts.rollbackPreview(number)).extracting(Step::seq).containsExactly(1);
    }

    @Test
    void asksNobodyIfNothingRan() {
        String number = driver.start(deploySteps(2));

        assertThat(call("abort", number))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("aborted.stillInPlace")
                .asArray()
                .isEmpty();
        driver.settle(number);

        assertThat(tools.history(number)).isEmpty();
        assertThat(states(number)).containsExactly(StepState.NOT_RUN);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTED);
        assertThat(driver.hasEnded(number)).isTrue();
    }

    @Test
    void endsWhileItWaitsForItsServices() {
        String service = "shared-" + UUID.randomUUID();
        String first = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        String second = driver.start(driver.changeInImplementation("rita", service), deploySteps(1));
        assertThat(call("abort", second)).hasStatusOk();

        driver.fireTimer(second);

        assertThat(driver.stateOf(second)).isEqualTo(RolloutState.ABORTED);
        assertThat(rollouts.steps(second)).isEmpty();
        driver.settle(first);
        assertThat(tools.history(first)).containsExactly("RUN 1");
    }

    @Test
    void doesNotRunWhatAPauseHeldBack() {
        String number = driver.start(deploySteps(3));
        tools.during(number, 1, CommandKind.RUN, call -> {
            call("pause", number);
            return ConnectorAnswer.succeeded("done");
        });
        driver.settle(number);

        assertThat(call("abort", number)).hasStatusOk().bodyJson().doesNotHavePath("paused");
        driver.settle(number);

        assertThat(states(number)).containsExactly(StepState.DONE, StepState.NOT_RUN);
        assertThat(tasksOf(number)).containsExactly("Activity_DecideOnAbort");
    }

    @Test
    void waitsForTheWordAboutAStepOfWhichNobodyKnowsWhetherItRan() {
        String number = driver.start(
                plan(step(Stage.DEPLOY_APPLICATION, "One", "blind"), step(Stage.DEPLOY_APPLICATION, "Two", "blind")));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.ambiguous("Connection reset"));
        driver.settle(number);
        assertThat(call("abort", number)).hasStatusOk();
        driver.settle(number);
        assertThat(tasksOf(number)).containsExactly("Activity_ResolveUnknownStep");

        ROLF.runs(() -> assertThatThrownBy(() -> resolutions.resolve(number, 1, ResolutionAction.RETRY, "Once more"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("No step"));
        ROLF.runs(() -> resolutions.resolve(number, 1, ResolutionAction.DONE_BY_HAND, "I looked"));
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(tasksOf(number)).containsExactly("Activity_DecideOnAbort");
    }

    @Test
    void doesNotTryAgainWhatCouldNotBeReached() {
        String number = driver.start(deploySteps(2));
        tools.during(number, 1, CommandKind.RUN, call -> {
            call("abort", number);
            return ConnectorAnswer.notReached("Connection refused");
        });

        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(states(number)).containsExactly(StepState.NOT_RUN);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTED);
    }

    @Test
    void waitsForNoCheck() {
        String number = driver.start(
                plan(step(Stage.DEPLOY_APPLICATION, "Web", "tool"), step(Stage.VERIFY, "Canary", "asked")));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.accepted("since noon"));
        driver.settle(number);
        tools.whenAsked(tools.callsOf(number).get(1).key(), ConnectorAnswer.accepted("since noon"));

        assertThat(call("abort", number)).hasStatusOk();
        due(number);
        driver.settle(number);

        assertThat(rollouts.steps(number).get(1).detail()).isEqualTo("Not waited for: the rollout was aborted");
        assertThat(tasksOf(number)).containsExactly("Activity_DecideOnAbort");
        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 2");
    }

    @Test
    void waitsForWhoeverIsAtWork() {
        ManualWork work = new ManualWork("Swap the cable", List.of("It is in"));
        String number = driver.run(
                plan(manual(Stage.DEPLOY_APPLICATION, "Cable", work), step(Stage.DEPLOY_APPLICATION, "Web", "tool")));

        assertThat(call("abort", number)).hasStatusOk();
        driver.settle(number);
        assertThat(tasksOf(number)).containsExactly("Activity_WorkByHand");
        assertThat(form(number, "WorkByHand").get("notice").toString()).contains("was aborted", "Users complain");

        OSKAR.runs(() -> tasks.submit(number, "WorkByHand", null, Map.of("result", "DONE", "item1", true)));
        driver.settle(number);
        assertThat(tasksOf(number)).containsExactly("Activity_DecideOnAbort");
        assertThat(tools.history(number)).isEmpty();
    }

    @Test
    void tellsWhatIsInPlaceThoughItCannotBeUndone() {
        String number = driver.start(plan(
                irreversible(Stage.MIGRATE_DATABASE, "Drop column"), step(Stage.DEPLOY_APPLICATION, "Web", "tool")));

        abortDuring(number, 1);

        assertThat(mvc.get().uri("/api/v1/rollouts/{number}", number).with(ROLF.signsIn()))
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"state": "ABORTING", "aborted": {"by": "rolf", "reason": "Users complain", "stillInPlace": [1]}}""");
        assertThat(rollouts.rollbackPreview(number)).isEmpty();
    }

    @Test
    void isRefusedOnceEveryStepHasRun() {
        String number = driver.run(deploySteps(2));

        hasType(call("abort", number), "nothing-to-abort");
        driver.fireTimer(number);
        hasType(call("abort", number), "rollout-ended");
    }

    @Test
    void isRefusedWhileAPersonVerifies() {
        RolloutPlan plan = deploySteps(1);
        String number = driver.run(new RolloutPlan(
                plan.process(),
                plan.steps(),
                Map.of(),
                List.of("The front page shows"),
                plan.soak(),
                OnFailedVerification.ROLL_BACK));

        hasType(call("abort", number), "nothing-to-abort");
    }

    @Test
    void isRefusedOnItsWayBack() {
        String number = driver.start(deploySteps(2));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        List<MvcTestResult> answers = new ArrayList<>();
        tools.during(number, 1, CommandKind.UNDO, call -> {
            answers.add(call("abort", number));
            return ConnectorAnswer.succeeded("undone");
        });
        driver.settle(number);

        assertThat(answers).hasSize(1);
        hasType(answers.get(0), "rollout-turned-back");

        String asked = driver.start(deploySteps(2));
        call("rollback", asked);
        hasType(call("abort", asked), "rollout-turned-back");
    }

    @Test
    void isRefusedWhereATeamHasDrawnNoDecision() {
        String number = driver.start(new RolloutPlan(
                "SampleRollout",
                List.of(),
                Map.of("version", "3.2.1"),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK));

        hasType(call("abort", number), "abort-not-drawn");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.RUNNING);
    }

    @Test
    void isAbortedOnce() {
        String number = abortedDuringStep(1, deploySteps(2));

        assertThat(call("abort", number, "mona", "change-manager", "Another reason"))
                .hasStatusOk()
                .bodyJson()
                .extractingPath("aborted.by")
                .isEqualTo("rolf");
        decide(number, "KEEP");
        driver.settle(number);
        assertThat(call("abort", number)).hasStatusOk();

        assertThat(recorded(number)).containsExactly("rolf rollout.Aborted", "rolf rollout.WhatRanKept");
    }

    @Test
    void isNeitherPausedNorResumed() {
        String number = abortedDuringStep(1, deploySteps(2));

        hasType(call("pause", number), "rollout-aborted");
        hasType(call("resume", number), "rollout-aborted");
    }

    @Test
    void isKeptOverTheApi() {
        String number = driver.start(deploySteps(2));
        assertThat(call("keep", number)).hasStatus(409);
        abortDuring(number, 1);

        assertThat(call("keep", number, "oskar", "ops-lead", "Fine")).hasStatus(403);
        assertThat(call("keep", number)).hasStatus(202);
        hasType(call("rollback", number), "rollout-kept");
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTED);
        assertThat(call("keep", number)).hasStatus(409);
    }

    @Test
    void isAbortedOnceByTwoAtTheSameTime() throws Exception {
        String number = driver.start(deploySteps(2));
        List<Callable<Integer>> people =
                Collections.nCopies(4, () -> call("abort", number).getResponse().getStatus());

        assertThat(inParallel(people)).containsOnly(200);
        driver.settle(number);

        assertThat(recorded(number)).containsExactly("rolf rollout.Aborted");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTED);
    }

    /** A node runs the first steps while all of their rollouts are aborted. */
    @Test
    void eitherRunsAStepAndAsksOrDoesNotRunIt() throws Exception {
        List<String> numbers = IntStream.range(0, 20)
                .mapToObj(i -> driver.start(deploySteps(2)))
                .toList();
        Callable<Integer> dispatching = () -> {
            List<Lease> leases = node.lease(MANY);
            leases.forEach(node::send);
            return leases.size();
        };
        Callable<Integer> aborting = () -> {
            numbers.forEach(number -> assertThat(call("abort", number)).hasStatusOk());
            return numbers.size();
        };
        inParallel(List.of(dispatching, aborting));
        numbers.forEach(driver::settle);

        assertThat(numbers).allSatisfy(number -> {
            List<String> ran = rollouts.steps(number).stream()
                    .filter(step -> step.state() == StepState.DONE)
                    .map(step -> "RUN " + step.seq())
                    .toList();
            assertThat(tools.history(number)).isEqualTo(ran);
            assertThat(states(number)).isSubsetOf(StepState.DONE, StepState.NOT_RUN);
            assertThat(ran).hasSizeLessThan(2);
            assertThat(driver.stateOf(number)).isEqualTo(ran.isEmpty() ? RolloutState.ABORTED : RolloutState.ABORTING);
            assertThat(driver.hasEnded(number)).isEqualTo(ran.isEmpty());
        });
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
        String number = driver.start(deploySteps(2));

        assertThat(call("abort", number, person, role, "Enough")).hasStatus(status);
        assertThat(rollouts.find(number).isAborted()).isEqualTo(status == 200);
    }

    @ParameterizedTest
    @CsvSource({"ROL-999999999, Wait, 404", "ROL-x, Wait, 404", "ROL-999999999, ' ', 400"})
    void answersWithAProblemAndNeverAnError(String number, String reason, int status) {
        assertThat(call("abort", number, "rolf", "release-manager", reason)).hasStatus(status);
        assertThat(call("keep", number, "rolf", "release-manager", reason)).hasStatus(status);
    }

    private String abortedDuringStep(int seq, RolloutPlan plan) {
        String number = driver.start(plan);
        abortDuring(number, seq);
        return number;
    }

    private void abortDuring(String number, int seq) {
        tools.during(number, seq, CommandKind.RUN, call -> {
            assertThat(call("abort", number)).hasStatusOk();
            return ConnectorAnswer.succeeded("finished all the same");
        });
        driver.settle(number);
    }

    private void decide(String number, String decision) {
        ROLF.runs(() -> tasks.submit(
                number, "DecideOnAbort", null, Map.of("decision", decision, "reason", "It is as it should be")));
    }

    private void due(String number) {
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where rollout_id = :id and state = 'ACCEPTED'")
                .param("id", RolloutNumber.idOf(number))
                .update();
    }

    private Map<String, Object> shown(String number) {
        return form(number, "DecideOnAbort");
    }

    private Map<String, Object> form(String number, String stem) {
        return forms.stream()
                .filter(form -> form.stem().equals(stem))
                .findFirst()
                .orElseThrow()
                .show(new OpenTask(stem, number, Set.of("release-manager"), null));
    }

    private static <T> List<T> inParallel(List<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        List<T> done = new ArrayList<>();
        try {
            for (Future<T> each : threads.invokeAll(work)) {
                done.add(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        return done;
    }

    private List<StepState> states(String number) {
        return rollouts.steps(number).stream().map(Step::state).toList();
    }

    private List<String> tasksOf(String number) {
        return driver.openTasks(number).stream().map(Task::getTaskDefinitionKey).toList();
    }

    private List<String> recorded(String number) {
        return jdbc.sql("select " + TrailNames.ACTOR + " as actor, action from audit_entry where object = :number"
                        + " and action in ('rollout.Aborted', 'rollout.WhatRanKept') order by n")
                .param("number", number)
                .query((row, i) -> row.getString("actor") + " " + row.getString("action"))
                .list();
    }

    private static void hasType(MvcTestResult answer, String type) {
        assertThat(answer).hasStatus(409).bodyJson().extractingPath("type").isEqualTo("urn:gatehouse:problem:" + type);
    }

    private MvcTestResult call(String what, String number) {
        return call(what, number, "rolf", "release-manager", "Users complain");
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
