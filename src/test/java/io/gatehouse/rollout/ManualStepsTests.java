package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.manual;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Duties;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Steps that people do, and undo, in the place of a tool. */
@OnH2
@RolloutTest
class ManualStepsTests {

    private static final ManualWork WORK =
            new ManualWork("Swap the cable.\nCall the hall first.", List.of("Cable is in", "Light is green"));
    private static final Map<String, Object> DONE = Map.of("result", "DONE", "item1", true, "item2", true);

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Rollbacks rollbacks;

    @Autowired
    Pauses pauses;

    @Autowired
    Resolutions resolutions;

    @Autowired
    Tasks tasks;

    @Autowired
    List<TaskForm> forms;

    @Autowired
    Changes changes;

    @Autowired
    Duties duties;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvcTester mvc;

    @Test
    void asksAPersonWhenItsTurnHasComeAndWaits() {
        String number = driver.run(toolThenPersonThenTool());

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.RUNNING);
        assertThat(tasksOf(number)).containsExactly("Activity_WorkByHand");
    }

    @Test
    void showsTheInstructionsAndEveryItem() {
        String number = driver.run(plan(manual(Stage.DEPLOY_APPLICATION, "Cable", WORK)));

        assertThat(shown(number))
                .containsEntry("instructions", WORK.instructions())
                .containsEntry("label1", "Cable is in")
                .containsEntry("label2", "Light is green")
                .containsEntry("label3", "")
                .containsEntry("label20", "")
                .containsEntry("notice", "")
                .containsEntry("step", "Do step 1 Cable \\(web\\)");
    }

    @Test
    void goesOnWhenThePersonHasDoneIt() {
        String number = driver.run(toolThenPersonThenTool());

        inTask(number, DONE);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 3");
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.DONE, StepState.DONE);
        assertThat(tasksOf(number)).isEmpty();
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
    }

    @Test
    void writesDownWhoDidWhatAndWhen() {
        String number = driver.run(toolThenPersonThenTool());

        OSKAR.runs(() -> tasks.submit(
                number,
                "WorkByHand",
                null,
                Map.of("result", "DONE", "item1", true, "item2", true, "note", "Blue cable")));

        assertThat(rollouts.reports(number).get(2)).singleElement().satisfies(report -> {
            assertThat(report)
                    .returns(CommandKind.RUN, WorkReport::kind)
                    .returns(1, WorkReport::attempt)
                    .returns(WorkResult.DONE, WorkReport::result)
                    .returns("Blue cable", WorkReport::note)
                    .returns("oskar", WorkReport::by);
            assertThat(report.ticked()).containsExactly(1, 2);
            assertThat(report.at()).isNotNull();
        });
        assertThat(rollouts.steps(number).get(1).detail()).isEqualTo("Blue cable");
        assertThat(jdbc.sql("select " + TrailNames.ACTOR
                                + " from audit_entry where action = 'rollout.WorkReported' and object = ?")
                        .param(number)
                        .query(String.class)
                        .list())
                .containsExactly("oskar");
    }

    @Test
    void isDoneOnlyOnceEveryItemIsTicked() {
        String number = driver.run(toolThenPersonThenTool());

        OSKAR.runs(() -> assertThatThrownBy(
                        () -> tasks.submit(number, "WorkByHand", null, Map.of("result", "DONE", "item2", true)))
                .isInstanceOf(ProblemException.class));
        assertThat(report(number, 2, "oskar", "ops-lead", "DONE", "[2, 2]", "")).hasStatus(400);
        assertThat(report(number, 2, "oskar", "ops-lead", "DONE", "[1, 2, 3]", ""))
                .hasStatus(400);

        assertThat(tasksOf(number)).hasSize(1);
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.RUNNING);
    }

    @Test
    void isFailedOnlyWithAReason() {
        String number = driver.run(toolThenPersonThenTool());

        OSKAR.runs(() -> assertThatThrownBy(() -> tasks.submit(number, "WorkByHand", null, Map.of("result", "FAILED")))
                .isInstanceOf(ProblemException.class));
        assertThat(report(number, 2, "oskar", "ops-lead", "FAILED", "[]", " ")).hasStatus(400);

        assertThat(states(number)).containsExactly(StepState.DONE, StepState.RUNNING);
    }

    @Test
    void isUndoneLikeAnyStepWhenItFails() {
        String number = driver.run(toolThenPersonThenTool());

        inTask(number, Map.of("result", "FAILED", "item1", true, "note", "No light"));
        driver.settle(number);

        assertThat(states(number)).containsExactly(StepState.DONE, StepState.UNDOING);
        assertThat(shown(number))
                .containsEntry("step", "Undo step 2 Cable \\(web\\)")
                .containsEntry("instructions", "Take it back")
                .containsEntry("label1", "It is back")
                .containsEntry("label2", "");

        inTask(number, Map.of("result", "DONE", "item1", true));
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(states(number)).containsExactly(StepState.UNDONE, StepState.UNDONE);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(driver.hasEnded(number)).isTrue();
        assertThat(rollouts.reports(number).get(2))
                .extracting(WorkReport::kind, WorkReport::result, WorkReport::note)
                .containsExactly(
                        tuple(CommandKind.RUN, WorkResult.FAILED, "No light"),
                        tuple(CommandKind.UNDO, WorkResult.DONE, ""));
    }

    @Test
    void isUndoneByATool() {
        Undo undo = new Undo("tool", Map.of("version", "1.0"));
        String number = driver.run(plan(manual(Stage.DEPLOY_APPLICATION, "Cable", WORK, undo)));

        inTask(number, Map.of("result", "FAILED", "note", "No light"));
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void undoesByHandWhatAToolHasDone() {
        PlannedStep deploy = step(Stage.DEPLOY_APPLICATION, "Web", "tool");
        PlannedStep byHand = new PlannedStep(
                deploy.stage(),
                deploy.name(),
                deploy.connector(),
                deploy.target(),
                deploy.parameters(),
                new Undo(ManualWork.CONNECTOR, Map.of(), WORK),
                null,
                false,
                null,
                null);
        String number = driver.start(plan(byHand));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        driver.settle(number);

        inTask(number, DONE);
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void staysWhereItCannotBeUndone() {
        PlannedStep disposed = new PlannedStep(
                Stage.BACK_UP,
                "Dispose of the tapes",
                ManualWork.CONNECTOR,
                "web",
                Map.of(),
                null,
                "They are shredded",
                false,
                null,
                null,
                WORK);
        String number = driver.run(plan(disposed, step(Stage.DEPLOY_APPLICATION, "Web", "tool")));
        tools.answer(number, 2, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        inTask(number, DONE);
        driver.settle(number);

        assertThat(states(number)).containsExactly(StepState.NOT_UNDOABLE, StepState.UNDONE);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
    }

    @Test
    void asksTheReleaseManagerWhenThePersonCouldNotUndoIt() {
        String number = driver.run(toolThenPersonThenTool());
        inTask(number, Map.of("result", "FAILED", "note", "No light"));
        driver.settle(number);

        inTask(number, Map.of("result", "FAILED", "note", "The door is locked"));
        driver.settle(number);
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.UNDO_FAILED);
        assertThat(tasksOf(number)).containsExactly("Activity_ResolveFailedUndo");

        ROLF.runs(() -> resolutions.resolve(number, 2, ResolutionAction.RETRY, "The key is here"));
        driver.settle(number);
        assertThat(tasksOf(number)).containsExactly("Activity_WorkByHand");
        inTask(number, Map.of("result", "DONE", "item1", true));
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(rollouts.reports(number).get(2))
                .extracting(WorkReport::attempt)
                .containsExactly(1, 1, 2);
    }

    @Test
    void isReportedOverTheApiToo() {
        String number = driver.run(toolThenPersonThenTool());

        assertThat(report(number, 2, "oskar", "ops-lead", "DONE", "[2, 1]", "All well"))
                .hasStatusOk()
                .bodyJson()
                .isLenientlyEqualTo(
                        """
                        {"seq": 2, "connector": "manual", "state": "DONE", "detail": "All well",
                         "manual": {"checklist": ["Cable is in", "Light is green"]},
                         "reports": [{"kind": "RUN", "attempt": 1, "result": "DONE", "ticked": [1, 2], "by": "oskar"}]}""");
        assertThat(tasksOf(number)).isEmpty();
        driver.settle(number);

        assertThat(tools.history(number)).containsExactly("RUN 1", "RUN 3");
    }

    @ParameterizedTest
    @CsvSource({"1, 409", "2, 409", "9, 404"})
    void refusesAReportThatNobodyWaitsFor(int seq, int status) {
        String number = driver.run(toolThenPersonThenTool());
        report(number, 2, "oskar", "ops-lead", "DONE", "[1, 2]", "");

        assertThat(report(number, seq, "oskar", "ops-lead", "DONE", "[1, 2]", ""))
                .hasStatus(status);
        assertThat(rollouts.reports(number).get(2)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "theo, technical-approver, 200",
        "mona, change-manager, 200",
        "rolf, release-manager, 200",
        "oskar, ops-lead, 200",
        "rita, requester, 403",
        "carla, cab-member, 403",
        "adam, admin, 403"
    })
    void isDoneByWhoeverMayImplementAChange(String person, String role, int status) {
        String number = driver.run(toolThenPersonThenTool());

        assertThat(report(number, 2, person, role, "DONE", "[1, 2]", "")).hasStatus(status);
        assertThat(states(number).get(1)).isEqualTo(status == 200 ? StepState.DONE : StepState.RUNNING);
    }

    @Test
    void isNotDoneByWhoeverMadeThePolicyThatDecidesAboutTheChange() {
        String number = driver.run(toolThenPersonThenTool());
        jdbc.sql("insert into change_duty (change_id, duty, person) values (:id, 'POLICY', 'oskar')")
                .param("id", changeOf(number))
                .update();
        jdbc.sql("update change_request set duties_shared = true where id = :id")
                .param("id", changeOf(number))
                .update();

        OSKAR.runs(() -> assertThatThrownBy(() -> tasks.submit(number, "WorkByHand", null, DONE))
                .hasMessageContaining("somebody else"));
        assertThat(report(number, 2, "oskar", "ops-lead", "DONE", "[1, 2]", ""))
                .hasStatus(403)
                .bodyJson()
                .extractingPath("type")
                .isEqualTo("urn:gatehouse:problem:segregation-of-duties");

        assertThat(states(number).get(1)).isEqualTo(StepState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"1, 403", "0, 200"})
    void isNotDoneByWhoeverVotedOnTheChangeInThisRound(int round, int status) {
        String number = driver.run(toolThenPersonThenTool());
        voted(number, round, "oskar");

        MvcTestResult answer = report(number, 2, "oskar", "ops-lead", "DONE", "[1, 2]", "");

        assertThat(answer).hasStatus(status);
        assertThat(states(number).get(1)).isEqualTo(status == 200 ? StepState.DONE : StepState.RUNNING);
    }

    @Test
    void isNotDoneInTheTasklistByWhoeverVotedOnTheChange() {
        String number = driver.run(toolThenPersonThenTool());
        voted(number, 1, "oskar");

        OSKAR.runs(() -> assertThatThrownBy(() -> tasks.submit(number, "WorkByHand", null, DONE))
                .hasMessageContaining("You voted on"));
        assertThat(states(number).get(1)).isEqualTo(StepState.RUNNING);
        ROLF.runs(() -> tasks.submit(number, "WorkByHand", null, DONE));
        assertThat(states(number).get(1)).isEqualTo(StepState.DONE);
    }

    /** A board approved the change, in whose vote of that round this person took part. */
    private void voted(String number, int round, String person) {
        String change = rollouts.find(number).change();
        jdbc.sql(
                        """
                        insert into change_approval (change_id, round, seat, decision, decided_at)
                        select id, approval_round, 'board:cab', 'APPROVED', created_at
                        from change_request where id = ?""")
                .param(changeOf(number))
                .update();
        jdbc.sql(
                        """
                        insert into cab_ballot (change_number, round, ballot, board_key, minimum_votes, opened_at,
                          closes_at, outcome)
                        values (?, ?, 1, 'cab', 1, localtimestamp(6), localtimestamp(6), 'APPROVED')""")
                .params(change, round)
                .update();
        long ballot = jdbc.sql("select id from cab_ballot where change_number = ?")
                .param(change)
                .query(Long.class)
                .single();
        jdbc.sql("insert into cab_ballot_seat (ballot_id, seat, veto, required) values (?, 'operations', false, false)")
                .param(ballot)
                .update();
        jdbc.sql(
                        """
                        insert into cab_vote (ballot_id, seat, person, vote, reason, cast_at)
                        values (?, 'operations', ?, 'APPROVE', 'Sound', localtimestamp(6))""")
                .params(ballot, person)
                .update();
    }

    @Test
    void makesWhoeverDidItAnImplementerWhoDoesNotReview() {
        String number = driver.run(toolThenPersonThenTool());
        String change = rollouts.find(number).change();
        assertThat(duties.implemented(changes.find(change), "oskar")).isFalse();

        inTask(number, DONE);

        assertThat(duties.implemented(changes.find(change), "oskar")).isTrue();
        assertThat(duties.implemented(changes.find(change), "mona")).isFalse();
    }

    @Test
    void asksNobodyWhileTheRolloutIsPaused() {
        String number = driver.start(plan(manual(Stage.DEPLOY_APPLICATION, "Cable", WORK)));
        ROLF.runs(() -> pauses.pause(number, "Lunch"));
        driver.settle(number);
        assertThat(states(number)).containsExactly(StepState.HELD);
        assertThat(tasksOf(number)).isEmpty();

        ROLF.runs(() -> pauses.resume(number, "Fed"));
        driver.settle(number);

        assertThat(tasksOf(number)).containsExactly("Activity_WorkByHand");
    }

    @Test
    void asksNobodyToDoWhatIsNoLongerApproved() {
        String number = driver.start(plan(manual(Stage.DEPLOY_APPLICATION, "Cable", WORK)));
        jdbc.sql(
                        "update rollout_step set manual = replace(manual, 'Cable is in', 'Cable is out') where rollout_id = :id")
                .param("id", RolloutNumber.idOf(number))
                .update();

        driver.settle(number);

        assertThat(states(number)).containsExactly(StepState.NOT_RUN);
        assertThat(rollouts.steps(number).get(0).detail()).contains("is not as the approved plan");
    }

    @Test
    void tellsWhoeverIsAtWorkThatEverythingIsToBeUndone() {
        String number = driver.run(toolThenPersonThenTool());

        ROLF.runs(() -> rollbacks.request(number, "Wrong hall"));
        driver.settle(number);
        assertThat(tasksOf(number)).containsExactly("Activity_WorkByHand");
        assertThat(shown(number).get("notice").toString()).contains("Wrong hall", "say that it failed");

        inTask(number, Map.of("result", "FAILED", "note", "Nothing done yet"));
        driver.settle(number);
        inTask(number, Map.of("result", "DONE", "item1", true));
        driver.settle(number);

        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void takesACheckByHandBackOnceEverythingIsToBeUndone() {
        String number = driver.run(plan(
                step(Stage.DEPLOY_APPLICATION, "Web", "tool"), manual(Stage.VERIFY, "Look at the front page", WORK)));
        ROLF.runs(() -> rollbacks.request(number, "Too slow"));
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where rollout_id = :id and state = 'ACCEPTED'")
                .param("id", RolloutNumber.idOf(number))
                .update();

        driver.settle(number);

        assertThat(tasksOf(number)).isEmpty();
        assertThat(tools.history(number)).containsExactly("RUN 1", "UNDO 1");
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void isStillAskedForWhenNobodyHasSaidAnythingYet() {
        String number = driver.run(toolThenPersonThenTool());
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where rollout_id = :id and state = 'ACCEPTED'")
                .param("id", RolloutNumber.idOf(number))
                .update();

        driver.settle(number);

        assertThat(tasksOf(number)).containsExactly("Activity_WorkByHand");
        assertThat(states(number)).containsExactly(StepState.DONE, StepState.RUNNING);
    }

    @Test
    void previewsAnUndoByHandAsOne() {
        String number = driver.run(toolThenPersonThenTool());
        inTask(number, DONE);
        driver.settle(number);

        assertThat(rollouts.rollbackPreview(number)).extracting(Step::seq).containsExactly(3, 2, 1);
        assertThat(mvc.get()
                        .uri("/api/v1/rollouts/{number}/rollback-preview", number)
                        .with(MONA.signsIn()))
                .bodyJson()
                .extractingPath("items[1].undo.manual.instructions")
                .isEqualTo("Take it back");
    }

    @Test
    void countsAsAStepOfTheRollout() {
        String number = driver.run(toolThenPersonThenTool());

        assertThat(rollouts.progress(rollouts.find(number)).orElseThrow())
                .returns(3, RolloutProgress::stepsPlanned)
                .returns(1, RolloutProgress::stepsEnded);
        inTask(number, DONE);
        assertThat(rollouts.progress(rollouts.find(number)).orElseThrow().stepsEnded())
                .isEqualTo(2);
    }

    /** Whoever is late is told so; nothing is written down twice. */
    @Test
    void isReportedOnceWhenTwoPeopleReportAtTheSameTime() throws Exception {
        String number = driver.run(toolThenPersonThenTool());
        List<Callable<Integer>> people = IntStream.range(0, 4)
                .mapToObj(i -> (Callable<Integer>) () -> report(
                                number, 2, "oskar", "ops-lead", i % 2 == 0 ? "DONE" : "FAILED", "[1, 2]", "As said")
                        .getResponse()
                        .getStatus())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(people.size());
        List<Integer> statuses = new ArrayList<>();
        try {
            for (Future<Integer> answer : threads.invokeAll(people)) {
                statuses.add(answer.get());
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        assertThat(rollouts.reports(number).get(2)).hasSize(1);
    }

    @Test
    void refusesABoxOfATeamThatNamesNoWork() {
        PlannedStep box = new PlannedStep(
                Stage.DEPLOY_APPLICATION,
                "Cable",
                ManualWork.CONNECTOR,
                "web",
                Map.of(),
                null,
                "Because",
                false,
                null,
                null);

        String number = driver.run(plan(box));

        assertThat(states(number)).containsExactly(StepState.NOT_RUN);
        assertThat(rollouts.steps(number).get(0).detail()).contains("does not say what to do");
    }

    private static RolloutPlan toolThenPersonThenTool() {
        return plan(
                step(Stage.DEPLOY_APPLICATION, "Before", "tool"),
                manual(Stage.DEPLOY_APPLICATION, "Cable", WORK),
                step(Stage.DEPLOY_APPLICATION, "After", "tool"));
    }

    private void inTask(String number, Map<String, Object> answers) {
        OSKAR.runs(() -> tasks.submit(number, "WorkByHand", null, answers));
    }

    private Map<String, Object> shown(String number) {
        return forms.stream()
                .filter(form -> form.stem().equals("WorkByHand"))
                .findFirst()
                .orElseThrow()
                .show(new OpenTask("WorkByHand", number, Set.of("ops-lead"), null));
    }

    private List<StepState> states(String number) {
        return rollouts.steps(number).stream().map(Step::state).toList();
    }

    private List<String> tasksOf(String number) {
        return driver.openTasks(number).stream().map(Task::getTaskDefinitionKey).toList();
    }

    private long changeOf(String number) {
        return Long.parseLong(rollouts.find(number).change().substring(4));
    }

    private MvcTestResult report(
            String number, int seq, String person, String role, String result, String ticked, String note) {
        return mvc.post()
                .uri("/api/v1/rollouts/{number}/steps/{seq}/reports", number, seq)
                .with(user(person).roles(role))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"result\": \"%s\", \"ticked\": %s, \"note\": \"%s\"}".formatted(result, ticked, note))
                .exchange();
    }
}
