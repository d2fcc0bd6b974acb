package io.gatehouse.change.process;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.Changes;
import io.gatehouse.change.PlanColumns;
import io.gatehouse.change.Window;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@ProcessTest
@OnH2
class StandardChangeProcessTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    ChangeProcess process;

    @Autowired
    ChangeTemplates templates;

    @Autowired
    Changes changes;

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
    ManagementService jobs;

    @Autowired
    JdbcTemplate jdbc;

    private String template;

    @BeforeEach
    void template() {
        AbstractAssertions.init(engine);
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        template = "restart-" + UUID.randomUUID();
        templates.save(template(0, true));
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void runsWithoutAnyApprovalAndClosesItselfWhenItSucceeds() {
        Change change = submitted(soon());
        assertThat(change.state()).isEqualTo(ChangeState.SCHEDULED);
        ProcessInstance instance = instance(change);

        clock.advance(Duration.ofHours(1));
        fireTimer(change);
        implement(change, "SUCCESSFUL");

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.CLOSED);
        assertThat(instance)
                .isEnded()
                .hasPassedInOrder(
                        "Activity_CheckTemplate", "Activity_ReserveSlot", "Event_WindowOpened", "Event_ChangeClosed")
                .hasNotPassed("Activity_ReviewChange");
    }

    @Test
    void isReviewedWhenItFails() {
        Change change = submitted(openNow());

        implement(change, "UNSUCCESSFUL");
        assertThat(instance(change)).isWaitingAt("Activity_ReviewChange");
        MONA.runs(() -> tasks.submit(
                change.number(), "ReviewChange", null, Map.of("closeCode", "UNSUCCESSFUL", "lessons", "test first")));

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void cannotBeRaisedFromARetiredTemplate() {
        retire();

        assertThatThrownBy(() -> process.raiseStandard(REQUESTER, template, soon()))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void returnsToItsRequesterWhenTheTemplateWasRetiredBeforeItWasSubmitted() {
        Change change = process.raiseStandard(REQUESTER, template, soon());
        retire();

        RITA.runs(() -> process.submit(REQUESTER, change.number()));

        Change returned = changes.find(change.number());
        assertThat(returned.state()).isEqualTo(ChangeState.NEW);
        assertThat(returned.returnedBecause()).contains("no longer active");
        assertThat(instance(change)).isWaitingAt("Activity_ReviseChange");
    }

    @Test
    void doesNotStartWhenTheTemplateWasRetiredMeanwhile() {
        Change change = submitted(soon());
        retire();

        clock.advance(Duration.ofHours(1));
        fireTimer(change);

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.NEW);
    }

    @Test
    void returnsToItsRequesterWhenItsWindowIsFrozenAndGoesOnInAnother() {
        Window window = soon();
        MONA.runs(() ->
                freezes.declare("Summit", "everybody travels", window.startsAt(), window.endsAt(), null, "staging"));
        Change change = submitted(window);
        assertThat(change.state()).isEqualTo(ChangeState.NEW);

        Window later = ChangeFixture.windowIn(clock.instant(), Duration.ofHours(5));
        RITA.runs(() -> tasks.submit(
                change.number(),
                "ReviseChange",
                null,
                Map.of(
                        "action", "RESUBMIT",
                        "windowStartsAt", later.startsAt().toString(),
                        "windowEndsAt", later.endsAt().toString())));

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.SCHEDULED);
    }

    @Test
    void waitsOnHoldAndGoesOnWhenResumed() {
        Change change = submitted(soon());
        process.hold(REQUESTER, change.number(), "a part is missing");
        clock.advance(Duration.ofHours(1));
        fireTimer(change);
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.SCHEDULED);

        process.resume(REQUESTER, change.number());

        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.IMPLEMENT);
    }

    @Test
    void canBeRevisedWhileItWaits() {
        Change change = submitted(soon());

        process.revise(REQUESTER, change.number(), "another day");

        assertThat(instance(change)).isWaitingAt("Activity_ReviseChange");
    }

    @Test
    void canBeGivenUpAfterItWasSentBack() {
        Change change = submitted(soon());
        process.revise(REQUESTER, change.number(), "not needed any more");
        ProcessInstance instance = instance(change);

        RITA.runs(() -> tasks.submit(change.number(), "ReviseChange", null, Map.of("action", "CANCEL")));

        assertThat(instance).isEnded().hasPassed("Event_ChangeGivenUp");
    }

    @Test
    void endsWhenItIsCanceled() {
        Change change = submitted(soon());
        ProcessInstance instance = instance(change);

        process.cancel(REQUESTER, change.number());

        assertThat(instance).isEnded().hasPassed("Event_CancellationDone");
    }

    private Change submitted(Window window) {
        return RITA.does(() -> process.submit(
                REQUESTER, process.raiseStandard(REQUESTER, template, window).number()));
    }

    private void implement(Change change, String result) {
        OSKAR.runs(() -> tasks.submit(change.number(), "ImplementChange", null, Map.of("result", result)));
    }

    private void retire() {
        templates.save(template(1, false));
    }

    private ChangeTemplate template(long version, boolean active) {
        return new ChangeTemplate(
                template,
                version,
                "Restart the configuration service",
                active,
                "oslo-config",
                "staging",
                new PlanColumns("restart", "ask it", "restart again", null));
    }

    private void fireTimer(Change change) {
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(instance(change).getId())
                .activityId("Event_WindowOpened")
                .singleResult()
                .getId());
    }

    private ProcessInstance instance(Change change) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .singleResult();
    }

    private Window soon() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
    }

    private Window openNow() {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1));
    }
}
