package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.Approval;
import io.gatehouse.change.Approvals;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.PolicyDecisions;
import io.gatehouse.change.Risk;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ProcessTest
@OnH2
class NormalChangeProcessTests {

    @Autowired
    ChangeProcess process;

    @Autowired
    Changes changes;

    @Autowired
    Approvals approvals;

    @Autowired
    PolicyDecisions decisions;

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
    void runsFromSubmissionToClosedWhenEverybodyAgrees() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        assertThat(change.state()).isEqualTo(ChangeState.ASSESS);
        assertThat(change.risk()).isEqualTo(Risk.MODERATE);

        technicalReview(change, "APPROVE");
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);

        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);

        clock.advance(Duration.ofMinutes(61));
        fireTimer(change, "Event_WindowOpened");
        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);

        implement(change, CloseCode.SUCCESSFUL);
        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);

        ProcessInstance instance = instance(change);
        review(change);
        assertThat(instance)
                .isEnded()
                .hasPassedInOrder(
                        "Activity_AssessChangeRisk",
                        "Activity_RequireEvidence",
                        "Activity_ReviewTechnically",
                        "Activity_ChooseApprovers",
                        "Activity_ReserveSlot",
                        "Event_WindowOpened",
                        "Activity_ImplementChange",
                        "Activity_RequireReview",
                        "Activity_ReviewChange",
                        "Activity_CloseChange",
                        "Event_ChangeClosed");
        assertThat(state(change)).isEqualTo(ChangeState.CLOSED);
        assertThat(changes.find(change.number()).closeCode()).isEqualTo(CloseCode.SUCCESSFUL);
    }

    @Test
    void tellsTheHistoryOnceHowLongATaskTook() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        String instance = instance(change).getId();
        clock.advance(Duration.ofMinutes(30));

        technicalReview(change, "APPROVE");

        assertThat(engine.getHistoryService()
                        .createHistoricActivityInstanceQuery()
                        .processInstanceId(instance)
                        .activityId("Activity_ReviewTechnically")
                        .singleResult()
                        .getDurationInMillis())
                .isEqualTo(Duration.ofMinutes(30).toMillis());
        assertThat(engine.getHistoryService()
                        .createHistoricTaskInstanceQuery()
                        .processInstanceId(instance)
                        .count())
                .as("kept besides, and read by nobody")
                .isZero();
    }

    @Test
    void keepsEveryPolicyAnswerWithTheRulesThatFired() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        Instant submitted = clock.instant();
        clock.advance(Duration.ofMinutes(5));
        technicalReview(change, "APPROVE");
        Instant reviewed = clock.instant();
        clock.advance(Duration.ofMinutes(5));

        List<PolicyDecisions.PolicyDecision> kept = decisions.of(changes.find(change.number()));

        assertThat(kept)
                .extracting(PolicyDecisions.PolicyDecision::table)
                .containsExactly("AssessChangeRisk", "RequireEvidence", "ChooseApprovers");
        assertThat(kept.get(0).ruleIds()).containsExactly("Risk_Baseline", "Risk_ProductionTier2");
        assertThat(kept.get(0).inputs()).containsEntry("tier", 2).containsEntry("production", true);
        assertThat(kept.get(1).ruleIds())
                .containsExactly("Evidence_Baseline", "Evidence_NewVersion", "Evidence_NewVersionModerate");
        assertThat(kept.get(2).ruleIds()).containsExactly("Approvers_Moderate");
        assertThat(kept.get(2).inputs())
                .containsEntry("evidence", "MISSING")
                .containsEntry("missingEvidence", "TEST_REPORT,CODE_REVIEW");
        assertThat(kept).allSatisfy(decision -> {
            assertThat(decision.version()).isPositive();
            assertThat(decision.digest()).matches("[0-9a-f]{64}");
            assertThat(decision.round()).isEqualTo(1);
        });
        assertThat(kept).extracting(PolicyDecisions.PolicyDecision::askedBy).containsExactly("rita", "rita", "theo");
        assertThat(kept)
                .extracting(PolicyDecisions.PolicyDecision::decidedAt)
                .containsExactly(submitted, submitted, reviewed);
        assertThat(kept.get(0).outputs())
                .containsExactly(
                        Map.of("risk", "LOW", "reason", "baseline of every change"),
                        Map.of("risk", "MODERATE", "reason", "a tier 2 service in production is changed"));
        assertThat(kept.get(2).outputs()).singleElement().satisfies(chosen -> assertThat(chosen)
                .containsEntry("approval", "SEATS")
                .containsEntry("seats", "change-manager,ops-lead"));
    }

    @Test
    void authorisesLowRiskOutsideProductionByPolicyAlone() {
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", soon()));

        technicalReview(change, "APPROVE");

        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(approvals.of(changes.find(change.number())))
                .extracting(Approval::seat)
                .containsExactly("technical-approver");
    }

    @Test
    void startsAtOnceWhenTheWindowIsAlreadyOpen() {
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", openNow()));

        technicalReview(change, "APPROVE");

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void returnsToItsRequesterWhenTheTechnicalReviewRejectsIt() {
        Change change = submitted(ChangeFixture.content(clock.instant()));

        technicalReview(change, "REJECT");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("technical-approver rejected it");
        assertThat(instance(change)).isWaitingAt("Activity_ReviseChange");
    }

    @Test
    void endsTheOtherApprovalsAtTheFirstRejection() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "APPROVE");

        MONA.runs(() -> tasks.submit(
                change.number(), "ApproveChange", "change-manager", Map.of("decision", "REJECT", "reason", "not now")));

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(instance(change)).isWaitingAtExactly("Activity_ReviseChange");
        assertThatThrownBy(() -> approve(change, OSKAR, "ops-lead"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not waiting");
    }

    @Test
    void startsApprovalAfreshAfterARevision() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "APPROVE");
        approve(change, MONA, "change-manager");

        RITA.runs(() -> process.revise(
                new io.gatehouse.access.Person("rita", java.util.Set.of("requester")), change.number(), "new plan"));
        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        resubmit(change);

        Change again = changes.find(change.number());
        assertThat(again.state()).isEqualTo(ChangeState.ASSESS);
        assertThat(again.approvalRound()).isEqualTo(2);
        assertThat(approvals.of(again)).extracting(Approval::decision).containsOnly(Approval.Decision.PENDING);
        assertThat(approvals.historyOf(again)).hasSize(4);
    }

    @Test
    void endsWhenTheRequesterGivesItUpInsteadOfRevising() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "REJECT");
        ProcessInstance instance = instance(change);

        RITA.runs(() -> tasks.submit(change.number(), "ReviseChange", null, Map.of("action", "CANCEL")));

        assertThat(instance).isEnded().hasPassed("Event_ChangeGivenUp");
        assertThat(state(change)).isEqualTo(ChangeState.CANCELED);
    }

    @Test
    void returnsToItsRequesterWhenItsWindowIsFrozen() {
        Window window = soon();
        MONA.runs(() -> freezes.declare(
                "Summit", "everybody travels", window.startsAt(), window.endsAt(), "oslo-config", null));
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", window));

        technicalReview(change, "APPROVE");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("Summit");
    }

    @Test
    void doesNotStartWhenAFreezeWasDeclaredAfterItWasScheduled() {
        Window window = soon();
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", window));
        technicalReview(change, "APPROVE");
        MONA.runs(() ->
                freezes.declare("Outage elsewhere", "hands off", window.startsAt(), window.endsAt(), null, "dev"));

        clock.set(window.startsAt().plusSeconds(1));
        fireTimer(change, "Event_WindowOpened");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(instance(change)).isWaitingAt("Activity_ReviseChange");
    }

    @Test
    void doesNotStartWhenTheTimerComesAfterTheWindowClosed() {
        Window window = soon();
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", window));
        technicalReview(change, "APPROVE");

        clock.set(window.endsAt());
        fireTimer(change, "Event_WindowOpened");

        assertThat(state(change)).isEqualTo(ChangeState.NEW);
        assertThat(changes.find(change.number()).returnedBecause()).contains("window closed");
    }

    @Test
    void returnsTheSecondOfTwoChangesOfOneServiceInOneWindow() {
        Window window = soon();
        Change first = submitted(ChangeFixture.content("oslo-config", "dev", window));
        technicalReview(first, "APPROVE");
        Change second = submitted(ChangeFixture.content("oslo-config", "dev", window));

        technicalReview(second, "APPROVE");

        assertThat(state(first)).isEqualTo(ChangeState.SCHEDULED);
        assertThat(changes.find(second.number()).returnedBecause()).contains(first.number());
    }

    @Test
    void parksPendingTasksOnHoldAndBringsTheVerySameBack() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "APPROVE");
        List<String> before = openTaskIds(change);

        hold(change);
        assertThat(taskService
                        .createTaskQuery()
                        .processInstanceBusinessKey(change.number())
                        .followUpBeforeOrNotExistent(java.util.Date.from(clock.instant()))
                        .count())
                .isZero();
        assertThatThrownBy(() -> approve(change, MONA, "change-manager"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("on hold");
        resume(change);

        assertThat(openTaskIds(change)).isEqualTo(before);
        approve(change, MONA, "change-manager");
        approve(change, OSKAR, "ops-lead");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void waitsForItsResumptionWhenTheWindowOpensOnHold() {
        Window window = soon();
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", window));
        technicalReview(change, "APPROVE");
        hold(change);

        clock.set(window.startsAt().plusSeconds(1));
        fireTimer(change, "Event_WindowOpened");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
        resume(change);

        assertThat(state(change)).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void endsEverywhereWhenItIsCanceled() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "APPROVE");
        ProcessInstance instance = instance(change);

        process.cancel(person(RITA), change.number());

        assertThat(instance).isEnded();
        assertThat(state(change)).isEqualTo(ChangeState.CANCELED);
        assertThat(openTaskIds(change)).isEmpty();
    }

    @Test
    void isNeverCanceledInReview() {
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", openNow()));
        technicalReview(change, "APPROVE");
        implement(change, CloseCode.UNSUCCESSFUL);
        assertThat(state(change)).isEqualTo(ChangeState.REVIEW);

        assertThatThrownBy(() -> process.cancel(person(RITA), change.number()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("REVIEW");
    }

    @Test
    void asksTheWholeBoardForTheWorstRisk() {
        ChangeContent content = ChangeFixture.content("keystone", "production", soon());
        ChangeContent risky = new ChangeContent(
                content.title(),
                content.description(),
                content.services(),
                content.environment(),
                content.window(),
                content.plans(),
                new io.gatehouse.change.Questionnaire(true, true, false),
                content.links(),
                content.artifacts());

        Change change = submitted(risky);
        technicalReview(change, "APPROVE");

        assertThat(change.risk()).isEqualTo(Risk.VERY_HIGH);
        assertThat(approvals.of(changes.find(change.number())))
                .extracting(Approval::seat)
                .contains("cab-chair", "cab-member", "security-officer", "change-manager", "ops-lead");
        assertThatThrownBy(() -> approve(change, CARLA, "cab-chair")).isInstanceOf(ProblemException.class);
    }

    @Test
    void neverLetsTheRequesterApproveInWhateverRole() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        SignedIn ritaWithEveryRole = new SignedIn("rita", "requester", "technical-approver", "change-manager");

        assertThatThrownBy(() -> ritaWithEveryRole.runs(() -> tasks.submit(
                        change.number(),
                        "ReviewTechnically",
                        null,
                        Map.of("decision", "APPROVE", "reason", "trust me"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody else has to approve");
        technicalReview(change, "APPROVE");
        assertThatThrownBy(() -> approve(change, ritaWithEveryRole, "change-manager"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody else has to approve");
        assertThat(state(change)).isEqualTo(ChangeState.AUTHORIZE);
    }

    @Test
    void letsAPersonFillOneSeatOnly() {
        SignedIn everything = new SignedIn("max", "technical-approver", "change-manager", "ops-lead");
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "APPROVE");
        approve(change, everything, "change-manager");

        assertThatThrownBy(() -> approve(change, everything, "ops-lead"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("one seat");

        approve(change, OSKAR, "ops-lead");
        assertThat(state(change)).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void letsNobodyReviewWhatTheyImplemented() {
        Change change = submitted(ChangeFixture.content("oslo-config", "dev", openNow()));
        technicalReview(change, "APPROVE");
        SignedIn oskarWhoAlsoManages = new SignedIn("oskar", "ops-lead", "change-manager");
        implement(change, CloseCode.SUCCESSFUL_WITH_ISSUES);

        assertThatThrownBy(() -> oskarWhoAlsoManages.runs(() -> tasks.submit(
                        change.number(), "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "none"))))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("somebody else has to review");
    }

    @Test
    void keepsEveryCharacterOfWhatPeopleWrite() {
        String text = "Go! 🚀 übermorgen 日本語";
        Change change = submitted(ChangeFixture.content(clock.instant()));

        taskService.createComment(null, instance(change).getId(), text);
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", text)));

        assertThat(taskService.getProcessInstanceComments(instance(change).getId()))
                .extracting(org.camunda.bpm.engine.task.Comment::getFullMessage)
                .containsExactly(text);
        assertThat(approvals.historyOf(changes.find(change.number())))
                .extracting(Approval::reason)
                .contains(text);
    }

    @Test
    void writesOneAuditEntryForEachTransition() {
        Change change = submitted(ChangeFixture.content(clock.instant()));
        technicalReview(change, "APPROVE");

        // Duties are noted beside the transitions when another test has left a policy that has authors.
        assertThat(jdbc.queryForList(
                        "select action from audit_entry where object = ? and action <> 'change.DutyNoted' order by n",
                        String.class,
                        change.number()))
                .containsExactly(
                        "change.Raised",
                        "change.Submitted",
                        "change.Assessed",
                        "change.SeatsAsked",
                        "change.Approved",
                        "change.AuthorizationBegun",
                        "change.SeatsAsked");
    }

    private Change submitted(ChangeContent content) {
        return RITA.does(() -> process.submit(
                person(RITA), process.raise(person(RITA), content).number()));
    }

    private void technicalReview(Change change, String decision) {
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", decision, "reason", "looked at it")));
    }

    private void approve(Change change, SignedIn who, String seat) {
        who.runs(() ->
                tasks.submit(change.number(), "ApproveChange", seat, Map.of("decision", "APPROVE", "reason", "fine")));
    }

    private void implement(Change change, CloseCode result) {
        OSKAR.runs(() -> tasks.submit(change.number(), "ImplementChange", null, Map.of("result", result.name())));
    }

    private void review(Change change) {
        MONA.runs(() -> tasks.submit(
                change.number(), "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "none")));
    }

    private void resubmit(Change change) {
        RITA.runs(() -> process.submit(person(RITA), change.number()));
    }

    private void hold(Change change) {
        process.hold(person(MONA), change.number(), "waiting for a part");
    }

    private void resume(Change change) {
        process.resume(person(MONA), change.number());
    }

    private void fireTimer(Change change, String activity) {
        Job job = jobs.createJobQuery()
                .processInstanceId(instance(change).getId())
                .activityId(activity)
                .singleResult();
        jobs.executeJob(job.getId());
    }

    private ProcessInstance instance(Change change) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .singleResult();
    }

    private List<String> openTaskIds(Change change) {
        return taskService.createTaskQuery().processInstanceBusinessKey(change.number()).list().stream()
                .map(org.camunda.bpm.engine.task.Task::getId)
                .sorted()
                .toList();
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

    private static io.gatehouse.access.Person person(SignedIn who) {
        return new io.gatehouse.access.Person(who.id(), java.util.Set.of(who.groups()));
    }
}
