package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.SASHA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.access.ToolAction;
import io.gatehouse.access.ToolScope;
import io.gatehouse.api.ProblemException;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTaskContent;
import io.gatehouse.change.ChangeTasks;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Emergency;
import io.gatehouse.change.EmergencyReport;
import io.gatehouse.change.PolicyDecisions;
import io.gatehouse.change.TaskPhase;
import io.gatehouse.change.Window;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every way of an emergency change: approved before it begins, or afterwards, or never. */
@ProcessTest
@OnH2
class EmergencyChangeProcessTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    ChangeProcess process;

    @Autowired
    BeanFactory beans;

    @Autowired
    ChangePicture picture;

    @Autowired
    Changes changes;

    @Autowired
    ChangeTasks changeTasks;

    @Autowired
    Approvals approvals;

    @Autowired
    PolicyDecisions decisions;

    @Autowired
    EmergencyReport report;

    @Autowired
    Freezes freezes;

    @Autowired
    Tasks tasks;

    @Autowired
    TestClock clock;

    @Autowired
    ProcessEngine engine;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService taskService;

    @Autowired
    ManagementService jobs;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        AbstractAssertions.init(engine);
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void runsFromSubmissionToClosedOnceTwoSeatsAgree() {
        Change change = critical(openNow());
        assertThat(change.state()).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(change.risk()).isNull();
        assertThat(seats(change)).containsExactly("change-manager", "ops-lead", "cab-chair", "security-officer");

        approve(change, SASHA, "security-officer");
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
        approve(change, OSKAR, "ops-lead");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(emergency(change).approveBy()).isNull();
        assertThat(waitsFor(change)).containsExactly("Activity_ImplementChange");

        implement(change);
        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
        ProcessInstance instance = instance(change);
        review(change, MONA);

        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
        assertThat(instance)
                .isEnded()
                .hasPassed("Activity_AuthorizeEmergency", "Activity_ReviewChange", "Event_NothingToApprove")
                .hasNotPassed("Activity_ApproveAfterwards", "Activity_NoteMissingApproval");
    }

    @Test
    void keepsWhatThePolicySaidAndByWhichRule() {
        Change change = critical(soon());

        List<PolicyDecisions.PolicyDecision> kept = decisions.of(changes.find(change.number()));

        assertThat(kept).extracting(PolicyDecisions.PolicyDecision::table).containsExactly("AuthorizeEmergency");
        assertThat(kept.get(0).ruleIds()).containsExactly("Emergency_MostCritical");
        assertThat(kept.get(0).inputs()).containsEntry("tier", 1).containsEntry("production", true);
        assertThat(kept.get(0).outputs().get(0)).containsEntry("approvals", 2).containsEntry("timeBox", "PT30M");
        assertThat(emergency(change).approvalsNeeded()).isEqualTo(2);
        assertThat(emergency(change).timeBoxEndsAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
    }

    @Test
    void waitsForItsWindowOnceItIsApproved() {
        Window window = soon();
        Change change = critical(window);
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);

        clock.set(window.startsAt().plusSeconds(1));
        fire(change, "Event_WindowOpened");

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void countsNeitherTheRequesterNorAPersonTwice() {
        SignedIn ritaWithSeats = new SignedIn("rita", "requester", "change-manager");
        SignedIn max = new SignedIn("max", "change-manager", "ops-lead");
        Change change = critical(openNow());

        assertThatThrownBy(() -> approve(change, ritaWithSeats, "change-manager"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody else has to approve");
        approve(change, max, "change-manager");
        assertThatThrownBy(() -> approve(change, max, "ops-lead"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("one seat");
        assertThatThrownBy(() -> approve(change, CARLA, "cab-member")).isInstanceOf(ProblemException.class);
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
    }

    @Test
    void returnsToItsRequesterWhenASeatRejectsItAndIsApprovedAfresh() {
        Change change = critical(openNow());
        approve(change, MONA, "change-manager");

        decide(change, "ApproveChange", OSKAR, "ops-lead", "REJECT");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(waitsFor(change)).containsExactly("Activity_ReviseChange");
        assertThat(changes.find(change.number()).returnedBecause()).contains("ops-lead rejected it");
        resubmit(change);
        assertThat(changes.find(change.number()).approvalRound()).isEqualTo(2);
        approve(change, MONA, "change-manager");
        approve(change, CHRIS, "cab-chair");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void asksMoreSeatsWhenTheTimeBoxIsOverAndKeepsWhatWasApproved() {
        Change change = critical(openNow());
        approve(change, MONA, "change-manager");
        clock.advance(Duration.ofMinutes(30));

        fire(change, "Event_TimeBoxOver");

        assertThat(seats(change)).contains("release-manager", "cab-member").hasSize(6);
        assertThat(emergency(change).timeBoxEndsAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
        approve(change, CARLA, "cab-member");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void returnsToItsRequesterWhenMoreSeatsDoNotDecideEither() {
        Change change = critical(openNow());
        approve(change, MONA, "change-manager");
        clock.advance(Duration.ofMinutes(30));
        fire(change, "Event_TimeBoxOver");
        clock.advance(Duration.ofMinutes(30));

        fire(change, "Event_TimeBoxOver");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("in time");
        assertThat(waitsFor(change)).containsExactly("Activity_ReviseChange");
    }

    @Test
    void givesPeopleAsMuchTimeAsThePolicySays() {
        Change change = critical(soon());

        assertThat(jobs.createJobQuery()
                        .processInstanceId(instance(change).getId())
                        .activityId("Event_TimeBoxOver")
                        .singleResult()
                        .getDuedate())
                .isEqualTo(Date.from(clock.instant().plus(Duration.ofMinutes(30))));
        assertThat(openTasks(change)).allSatisfy(task -> assertThat(task.getDueDate())
                .isEqualTo(Date.from(clock.instant().plus(Duration.ofMinutes(15)))));
    }

    @Test
    void missesNoEvidenceThatNobodyRequires() {
        assertThat(picture.of(critical(openNow()).number())).containsEntry("evidence", "none required");
    }

    @Test
    void beginsAtOnceWhereThePolicyLetsItBeApprovedAfterwards() {
        Change change = reversible(openNow());
        assertThat(change.state()).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(waitsFor(change)).contains("Activity_ImplementChange").hasSize(5);
        assertThat(emergency(change).approveBy()).isEqualTo(clock.instant().plus(Duration.ofHours(4)));

        afterwards(change, MONA, "change-manager", "APPROVE");
        afterwards(change, SASHA, "security-officer", "APPROVE");
        assertThat(waitsFor(change)).containsExactly("Activity_ImplementChange");
        implement(change);
        review(change, MONA);

        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
        assertThat(emergency(change).unauthorisedBecause()).isNull();
    }

    @Test
    void isNotReviewedBeforeItsSeatsHaveDecided() {
        Change change = reversible(openNow());

        implement(change);

        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);
        assertThat(waitsFor(change)).hasSize(4).containsOnly("Activity_ApproveAfterwards");
        afterwards(change, MONA, "change-manager", "APPROVE");
        afterwards(change, CHRIS, "cab-chair", "APPROVE");
        assertThat(waitsFor(change)).containsExactly("Activity_ReviewChange");
    }

    @Test
    void asksTheSeatsFirstWhenItsWindowIsNotOpenYet() {
        Change change = reversible(soon());

        assertThat(change.state()).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(waitsFor(change)).hasSize(4).containsOnly("Activity_ApproveChange");
    }

    @Test
    void isReviewedAsUnauthorisedWhenASeatRejectsItAfterwards() {
        Change change = reversible(openNow());
        afterwards(change, MONA, "change-manager", "APPROVE");

        afterwards(change, OSKAR, "ops-lead", "REJECT");
        fire(change, "Activity_StopRollout");

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
        assertThat(emergency(change).unauthorisedBecause()).isEqualTo(Emergency.Unauthorised.REJECTED);
        assertThat(recorded(change)).contains("change.BegunUnapproved", "change.Rejected", "change.FoundUnauthorised");
        THEO.runs(() -> tasks.submit(change.number(), "ImplementChange", null, Map.of("result", "SUCCESSFUL")));
        review(change, MONA);
        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void isReviewedAsUnauthorisedWhenTheLimitIsOver() {
        Change change = reversible(openNow());
        implement(change);
        afterwards(change, MONA, "change-manager", "APPROVE");
        clock.advance(Duration.ofHours(4));

        fire(change, "Event_LimitOver");
        fire(change, "Activity_StopRollout");

        assertThat(emergency(change).unauthorisedBecause()).isEqualTo(Emergency.Unauthorised.NOT_IN_TIME);
        assertThat(waitsFor(change)).containsExactly("Activity_ReviewChange");
        assertThat(picture.of(change.number()))
                .containsEntry(
                        "authorisation",
                        "**not authorised**: it began before it was approved, and then was not approved in time");
    }

    @Test
    void letsNobodyApproveAfterwardsWhatTheyImplemented() {
        Change change = reversible(openNow());
        implement(change);

        assertThatThrownBy(() -> afterwards(change, OSKAR, "ops-lead", "APPROVE"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("You implemented");
    }

    @Test
    void letsNobodyApproveAfterwardsWhatTheyDidATaskOf() {
        Change change = reversible(openNow());
        String task = RITA.does(() -> changeTasks.add(
                        change.number(),
                        new ChangeTaskContent("Watch the load", null, TaskPhase.DURING, null, "ops-lead", null, null)))
                .number();
        OSKAR.runs(() -> tasks.submit(task, "DoChangeTask", null, Map.of("action", "DONE", "note", "Looked")));

        assertThatThrownBy(() -> afterwards(change, OSKAR, "ops-lead", "APPROVE"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("You implemented");
        afterwards(change, new SignedIn("otto", "ops-lead"), "ops-lead", "APPROVE");
    }

    @Test
    void returnsToItsRequesterWhenAFreezeIsInTheWay() {
        Window window = openNow();
        MONA.runs(() -> freezes.declare("Summit", "everybody travels", clock.instant(), window.endsAt(), "nova", null));

        Change change = reversible(window);

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause())
                .contains("Summit")
                .contains("holds for emergencies too");
    }

    @Test
    void doesNotStartWhenAFreezeWasDeclaredAfterItWasScheduled() {
        Window window = soon();
        Change change = critical(window);
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        MONA.runs(() -> freezes.declare("Outage", "hands off", window.startsAt(), window.endsAt(), "keystone", null));

        clock.set(window.startsAt().plusSeconds(1));
        fire(change, "Event_WindowOpened");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(waitsFor(change)).containsExactly("Activity_ReviseChange");
    }

    @Test
    void parksTheVerySameTasksOnHoldAndTheyLoseNoTime() {
        Change change = critical(soon());
        List<String> before =
                openTasks(change).stream().map(Task::getId).sorted().toList();
        clock.advance(Duration.ofMinutes(10));
        process.hold(REQUESTER, change.number(), "The supplier looks into it");
        assertThat(timeBoxEnd(change)).isAfter(Instant.parse("2999-01-01T00:00:00Z"));
        assertThatThrownBy(() -> approve(change, MONA, "change-manager"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("on hold");
        clock.advance(Duration.ofHours(2));

        process.resume(REQUESTER, change.number());

        assertThat(openTasks(change).stream().map(Task::getId).sorted().toList())
                .isEqualTo(before);
        assertThat(timeBoxEnd(change)).isEqualTo(clock.instant().plus(Duration.ofMinutes(20)));
        assertThat(openTasks(change)).allSatisfy(task -> assertThat(task.getDueDate())
                .isEqualTo(Date.from(clock.instant().plus(Duration.ofMinutes(5)))));
        assertThat(emergency(change).timeBoxEndsAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(20)));
    }

    @Test
    void waitsForItsResumptionWhenTheWindowOpensOnHold() {
        Window window = soon();
        Change change = critical(window);
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        process.hold(REQUESTER, change.number(), "The supplier looks into it");

        clock.set(window.startsAt().plusSeconds(1));
        fire(change, "Event_WindowOpened");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        process.resume(REQUESTER, change.number());

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void isTakenBackToBeRevisedOrGivenUp() {
        Change change = critical(soon());
        RITA.runs(() -> process.revise(REQUESTER, change.number(), "Another fix"));
        assertThat(waitsFor(change)).containsExactly("Activity_ReviseChange");
        ProcessInstance instance = instance(change);

        RITA.runs(() -> tasks.submit(change.number(), "ReviseChange", null, Map.of("action", "CANCEL")));

        assertThat(instance).isEnded().hasPassed("Event_ChangeGivenUp");
        assertThat(state(change)).isEqualTo(ChangeState.CANCELED);
    }

    @Test
    void isCanceledBeforeItBeginsAndNeverAfterwards() {
        Change waiting = critical(soon());
        ProcessInstance instance = instance(waiting);
        process.cancel(REQUESTER, waiting.number());
        assertThat(instance).isEnded().hasPassed("Event_CancellationDone");

        Change begun = reversible(openNow());
        assertThatThrownBy(() -> process.cancel(REQUESTER, begun.number()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("IMPLEMENT");
    }

    @Test
    void isALineForTheNextBoardOnce() {
        Change waiting = critical(soon());
        Change begun = reversible(openNow());
        assertThat(report.unreported())
                .extracting(EmergencyReport.Line::number)
                .contains(begun.number())
                .doesNotContain(waiting.number());
        assertThat(report.unreported())
                .filteredOn(line -> line.number().equals(begun.number()))
                .first()
                .satisfies(line -> {
                    assertThat(line.begunUnapproved()).isTrue();
                    assertThat(line.services()).containsExactly("nova");
                });

        report.reported(begun.number(), "weekly-cab");
        report.reported(begun.number(), "another");

        assertThat(report.unreported()).extracting(EmergencyReport.Line::number).doesNotContain(begun.number());
        assertThat(emergency(begun).reportedTo()).isEqualTo("weekly-cab");
        assertThat(recorded(begun)).containsOnlyOnce("change.EmergencyReported");
        assertThatThrownBy(() -> report.reported(waiting.number(), "weekly-cab"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing to report");
    }

    @Test
    void isTakenUpWhereItWasWhenItsProcessWasDeleted() {
        Change begun = reversible(openNow());
        delete(begun);
        LostProcessesDriver.find(beans);
        assertThat(waitsFor(begun)).contains("Activity_ImplementChange").hasSize(5);

        implement(begun);
        delete(begun);
        LostProcessesDriver.find(beans);
        assertThat(waitsFor(begun)).hasSize(4).containsOnly("Activity_ApproveAfterwards");

        afterwards(begun, MONA, "change-manager", "APPROVE");
        afterwards(begun, CHRIS, "cab-chair", "APPROVE");
        delete(begun);
        LostProcessesDriver.find(beans);
        review(begun, MONA);
        assertThat(state(begun)).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void isMadeOfANormalChangeThatWasTakenBackAndTakesItsOwnWayThen() {
        Change change = RITA.does(() -> process.submit(
                REQUESTER,
                process.raise(REQUESTER, ChangeFixture.content("keystone", "production", openNow()))
                        .number()));
        assertThatThrownBy(() -> process.reclassify(REQUESTER, change.number(), ChangeType.EMERGENCY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is ASSESS");
        RITA.runs(() -> process.revise(REQUESTER, change.number(), "It is down"));

        RITA.runs(() -> process.reclassify(REQUESTER, change.number(), ChangeType.EMERGENCY));

        assertThat(changes.find(change.number()).type()).isEqualTo(ChangeType.EMERGENCY);
        assertThat(instance(change)).isWaitingAtExactly("Activity_ReviseChange");
        assertThat(engine.getRepositoryService()
                        .getProcessDefinition(instance(change).getProcessDefinitionId())
                        .getKey())
                .isEqualTo("EmergencyChange");
        resubmit(change);
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
        assertThat(recorded(change)).contains("change.Reclassified");
    }

    @Test
    void isMadeANormalChangeAsLongAsItIsADraft() {
        Change draft = process.raiseEmergency(REQUESTER, ChangeFixture.content("keystone", "production", soon()));

        process.reclassify(REQUESTER, draft.number(), ChangeType.NORMAL);
        Change submitted = RITA.does(() -> process.submit(REQUESTER, draft.number()));

        assertThat(submitted.state()).isEqualTo(ChangeState.ASSESS);
        assertThat(submitted.emergency()).isNull();
        assertThatThrownBy(() -> process.reclassify(
                        REQUESTER,
                        process.raise(REQUESTER, ChangeFixture.content(clock.instant()))
                                .number(),
                        ChangeType.STANDARD))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("its template says");
    }

    @Test
    void isNotRaisedByATool() {
        Person tool = new Person(
                "tool:ci",
                Set.of(),
                new ToolScope(Set.of(ToolAction.RAISE_CHANGES), Set.of("nova"), Set.of(), Set.of("rolf")));

        assertThatThrownBy(() -> process.raiseEmergency(tool, ChangeFixture.content(clock.instant())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("for a person to say");
    }

    /** Of tier 1 in production, so it is approved before. */
    private Change critical(Window window) {
        return submitted(ChangeFixture.content("keystone", "production", window));
    }

    /** Of tier 2 in production without downtime and with a backout that was tried, so it may be approved afterwards. */
    private Change reversible(Window window) {
        return submitted(ChangeFixture.content("nova", "production", window));
    }

    private Change submitted(ChangeContent content) {
        return RITA.does(() -> process.submit(
                REQUESTER, process.raiseEmergency(REQUESTER, content).number()));
    }

    private void approve(Change change, SignedIn who, String seat) {
        decide(change, "ApproveChange", who, seat, "APPROVE");
    }

    private void afterwards(Change change, SignedIn who, String seat, String decision) {
        decide(change, "ApproveAfterwards", who, seat, decision);
    }

    private void decide(Change change, String task, SignedIn who, String seat, String decision) {
        who.runs(() -> tasks.submit(change.number(), task, seat, Map.of("decision", decision, "reason", "looked")));
    }

    private void implement(Change change) {
        OSKAR.runs(() ->
                tasks.submit(change.number(), "ImplementChange", null, Map.of("result", CloseCode.SUCCESSFUL.name())));
    }

    private void review(Change change, SignedIn who) {
        who.runs(() -> tasks.submit(
                change.number(), "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "none")));
    }

    private void resubmit(Change change) {
        RITA.runs(() -> process.submit(REQUESTER, change.number()));
    }

    private void fire(Change change, String activity) {
        Job job = jobs.createJobQuery()
                .processInstanceId(instance(change).getId())
                .activityId(activity)
                .singleResult();
        jobs.executeJob(job.getId());
    }

    private Instant timeBoxEnd(Change change) {
        return jobs.createJobQuery()
                .processInstanceId(instance(change).getId())
                .activityId("Event_TimeBoxOver")
                .singleResult()
                .getDuedate()
                .toInstant();
    }

    private void delete(Change change) {
        String instance = instance(change).getId();
        InsideTheEngine.run(engine, () -> runtime.deleteProcessInstance(instance, "by mistake"));
    }

    private ProcessInstance instance(Change change) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .singleResult();
    }

    private List<Task> openTasks(Change change) {
        return taskService
                .createTaskQuery()
                .processInstanceBusinessKey(change.number())
                .list();
    }

    private List<String> waitsFor(Change change) {
        return openTasks(change).stream().map(Task::getTaskDefinitionKey).toList();
    }

    private List<String> seats(Change change) {
        return approvals.of(changes.find(change.number())).stream()
                .map(Approval::seat)
                .toList();
    }

    private List<String> recorded(Change change) {
        return jdbc.queryForList("select action from audit_entry where object = ?", String.class, change.number());
    }

    private Emergency emergency(Change change) {
        return Objects.requireNonNull(changes.find(change.number()).emergency());
    }

    private ChangeState state(Change change) {
        return changes.find(change.number()).state();
    }

    private Window soon() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
    }

    private Window openNow() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1));
    }
}
