package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.document.DocumentKind;
import io.gatehouse.release.document.Documents;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.OnFailedVerification;
import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import io.gatehouse.rollout.RolloutPlanning;
import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Undo;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Every path of {@code Release.bpmn}. */
@ProcessTest
@OnH2
class ReleaseProcessTests {

    private static final SignedIn QUINN = new SignedIn("quinn", "qa-lead");
    private static final SignedIn PIA = new SignedIn("pia", "release-manager", "technical-approver");

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    ProductionChanges productionChanges;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Documents documents;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    Changes changes;

    @Autowired
    ChangeProcess changeProcess;

    @Autowired
    Tasks tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService jobs;

    @Autowired
    IdentityService identities;

    @Autowired
    ProcessEngine engine;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void begin() {
        AbstractAssertions.init(engine);
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        BoardFixture.person(identities, "rita", "requester");
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void isClosedWhenItsChangeHasPutItIntoProduction() {
        String number = started();
        ProcessInstance instance = instance(number);

        confirmAndGo(number);
        Change change = carrier(number);
        assertThat(change.type()).isEqualTo(ChangeType.NORMAL);
        assertThat(change.state()).isEqualTo(ChangeState.ASSESS);
        assertThat(change.requester()).isEqualTo("rolf");
        assertThat(change.title()).isEqualTo(number + ": Gazpacho");
        assertThat(change.artifacts()).containsExactly(new Artifact("nova", "31.0.0", "sha256:0123456789abcdef"));
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);

        bringToItsEnd(change, "SUCCESSFUL", false);

        assertThat(instance)
                .isEnded()
                .hasPassedInOrder(
                        "Activity_ConfirmPackage",
                        "Activity_DecideGoOrNoGo",
                        "Activity_RaiseProductionChange",
                        "Event_ProductionChangeOver",
                        "Activity_CloseRelease",
                        "Event_ReleaseClosed");
        Release closed = releases.find(number);
        assertThat(closed.state()).isEqualTo(ReleaseState.CLOSED);
        assertThat(closed.progress().endedAt()).isEqualTo(clock.instant());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UNSUCCESSFUL           | false | was closed as UNSUCCESSFUL.",
                "UNSUCCESSFUL           | true  | was closed as UNSUCCESSFUL and rolled back.",
                "SUCCESSFUL_WITH_ISSUES | true  | was closed as SUCCESSFUL_WITH_ISSUES and rolled back."
            })
    void isPreparedAnewWhenItsChangeDidNotPutItIntoProduction(String result, boolean rolledBack, String because) {
        String number = started();
        confirmAndGo(number);
        Change first = carrier(number);

        bringToItsEnd(first, result, rolledBack);

        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause()).isEqualTo(first.number() + " " + because);
        assertThat(back.content().items()).as("it keeps what it had").hasSize(1);
        assertThat(instance(number)).isWaitingAtExactly("Activity_ConfirmPackage");
        ROLF.runs(
                () -> releases.rewrite(number, ReleaseFixture.content(clock.instant()), Precondition.parse("*", null)));
        confirmAndGo(number);
        assertThat(carrier(number).number()).as("another change").isNotEqualTo(first.number());
    }

    /** Its seats have let another version go than the one that runs now. */
    @Test
    void isPreparedAnewWhenItsChangeBroughtSomethingElse() {
        String number = started();
        confirmAndGo(number);
        String change = carrier(number).number();
        ROLF.runs(() -> changeProcess.revise(person(ROLF), change, "a later version"));
        Change revised = changes.find(change);
        ROLF.runs(() -> changeProcess.rewrite(
                person(ROLF), revised, ChangeFixture.content("nova", "production", revised.window())));
        ROLF.runs(() -> changeProcess.submit(person(ROLF), change));

        bringToItsEnd(changes.find(change), "SUCCESSFUL", false);

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(releases.find(number).progress().returnedBecause())
                .isEqualTo(change + " was closed as SUCCESSFUL, but brought something else than this package.");
    }

    @Test
    void isPreparedAnewWhenItsChangeIsCanceled() {
        String number = started();
        confirmAndGo(number);
        Change change = carrier(number);

        MONA.runs(() -> changeProcess.cancel(person(MONA), change.number()));
        goOn(number);

        assertThat(instance(number)).isWaitingAtExactly("Activity_ConfirmPackage");
        assertThat(releases.find(number).progress().returnedBecause()).isEqualTo(change.number() + " was canceled.");
    }

    @Test
    void isGivenUpInsteadOfBeingConfirmed() {
        String number = started();
        ProcessInstance instance = instance(number);
        assertThatThrownBy(() -> ROLF.runs(
                        () -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "RETIRE"))))
                .as("without a reason")
                .isInstanceOf(ProblemException.class);

        ROLF.runs(() -> tasks.submit(
                number,
                ReleaseModel.CONFIRM_PACKAGE,
                null,
                Map.of("action", "RETIRE", "reason", "Nobody needs it any more")));

        assertThat(instance).isEnded().hasPassed("Event_ReleaseRetired");
        Release retired = releases.find(number);
        assertThat(retired.state()).isEqualTo(ReleaseState.RETIRED);
        assertThat(retired.progress().retiredBecause()).isEqualTo("Nobody needs it any more");
        assertThat(retired.progress().change()).isNull();
    }

    @Test
    void isNotConfirmedOnceItsWindowHasPassed() {
        String number = started();
        clock.advance(Duration.ofDays(2));

        assertThatThrownBy(() -> confirm(ROLF, number)).isInstanceOf(ProblemException.class);

        assertThat(instance(number)).isWaitingAtExactly("Activity_ConfirmPackage");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
    }

    @Test
    void staysAsItWasConfirmed() {
        String number = started();
        confirmAndGo(number);

        assertThatThrownBy(() -> ROLF.runs(() -> releases.rewrite(
                        number, ReleaseFixture.content(clock.instant()), Precondition.parse("*", null))))
                .hasMessageContaining("is DEPLOYING and cannot be written anew");
        assertThatThrownBy(() -> ROLF.runs(() -> releases.retire(number, "Too late")))
                .hasMessageContaining("is DEPLOYING and cannot be retired");
        assertThatThrownBy(() -> ROLF.runs(() -> releases.start(number)))
                .hasMessageContaining("is DEPLOYING and cannot be started");
    }

    @Test
    void isRolledOutByThePlansOfItsServicesEachAfterWhatItNeeds() {
        needs("release-b", null);
        needs("release-a", "release-b");
        List.of("release-a", "release-b")
                .forEach(service ->
                        transactions.executeWithoutResult(status -> planning.writeForService(service, byHand())));
        String number = ROLF.does(() -> releases.start(releases.plan(ReleaseFixture.content(
                                clock.instant(),
                                List.of(new Artifact("release-a", "2", null), new Artifact("release-b", "3", null))))
                        .number())
                .number());
        assertThat(decisions.readinessOf(number).items())
                .filteredOn(item -> item.criterion().equals("rollout-plan"))
                .allMatch(ReadinessItem::met);

        confirmAndGo(number);

        assertThat(planning.find(carrier(number).number()).plan().steps())
                .extracting(
                        PlannedStep::name, step -> String.valueOf(step.manual()).contains("release-b.version"))
                .containsExactly(tuple("release-b: Unpack", true), tuple("release-a: Unpack", false));
    }

    private void needs(String service, @Nullable String other) {
        if (jdbc.queryForObject("select count(*) from service where service_key = ?", Long.class, service) == 0) {
            jdbc.update(
                    "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 2, ?, 1)",
                    service,
                    service,
                    service);
            if (other != null) {
                jdbc.update("insert into service_dependency (service_key, depends_on) values (?, ?)", service, other);
            }
        }
    }

    private static RolloutPlan byHand() {
        ManualWork work = new ManualWork("Unpack ${artifact.version}", List.of("It is unpacked"));
        return new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                List.of(new PlannedStep(
                        Stage.DEPLOY_APPLICATION,
                        "Unpack",
                        ManualWork.CONNECTOR,
                        "host",
                        Map.of(),
                        new Undo(ManualWork.CONNECTOR, Map.of(), work),
                        null,
                        false,
                        null,
                        null,
                        work)),
                Map.of(),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK);
    }

    /** As a redrawn model would that leaves a step out or takes it twice. */
    @Test
    void isCarriedByOneChangeAndNotClosedBeforeThatIsInProduction() {
        String number = started();
        confirmAndGo(number);
        Change change = carrier(number);

        assertThatThrownBy(() -> productionChanges.raise(number))
                .hasMessageContaining("carries " + number + " already");
        assertThatThrownBy(() -> productionChanges.close(number))
                .hasMessageContaining("is not in production: " + change.number() + " is ASSESS.");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
        assertThat(carrier(number).number()).isEqualTo(change.number());
    }

    /** Who only wrote in the release has written what the change brings. */
    @Test
    void isApprovedByNobodyWhoWroteInIt() {
        String number = started();
        PIA.runs(() -> releases.rewrite(
                number,
                ReleaseFixture.content(clock.instant(), List.of(new Artifact("nova", "31.0.1", null))),
                Precondition.parse("*", null)));
        confirmAndGo(number);
        String change = carrier(number).number();

        assertThatThrownBy(() -> review(PIA, change)).hasMessageContaining("somebody else has to approve");
        review(THEO, change);
    }

    /** Those who deploy it do what is written there. */
    @Test
    void isApprovedByNobodyWhoWroteItsRunbook() {
        String number = started();
        PIA.runs(() ->
                documents.write(number, DocumentKind.RUNBOOK, "Unpack, then switch", Precondition.parse(null, "*")));
        confirmAndGo(number);
        String change = carrier(number).number();

        assertThatThrownBy(() -> review(PIA, change)).hasMessageContaining("somebody else has to approve");
        review(THEO, change);
    }

    @Test
    void beginsAgainWhereItWasWhenItsProcessIsDeleted() {
        String preparing = started();
        String deploying = started();
        confirmAndGo(deploying);
        Change change = carrier(deploying);
        delete(preparing);
        delete(deploying);

        LostProcessesDriver.find(beans);

        assertThat(instance(preparing)).isWaitingAtExactly("Activity_ConfirmPackage");
        assertThat(instance(deploying)).isWaitingAtExactly("Event_ProductionChangeOver");
        bringToItsEnd(change, "SUCCESSFUL", false);
        assertThat(releases.find(deploying).state()).isEqualTo(ReleaseState.CLOSED);
    }

    @Test
    void raisesItsChangeAfterItsProcessWasDeletedBeforeThat() {
        String number = started();
        confirm(ROLF, number);
        vote(QUINN, number, "GO");
        vote(SASHA, number, "GO");
        delete(number);

        LostProcessesDriver.find(beans);
        fire(number, "Release", "Activity_RaiseProductionChange");

        assertThat(carrier(number).state()).isEqualTo(ChangeState.ASSESS);
        assertThat(carrier(number).requester()).isEqualTo("rolf");
    }

    @Test
    void goesOnAfterItsProcessWasDeletedAndItsChangeEnded() {
        String number = started();
        confirmAndGo(number);
        delete(number);
        MONA.runs(() -> changeProcess.cancel(person(MONA), carrier(number).number()));

        LostProcessesDriver.find(beans);
        goOn(number);

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
    }

    @Test
    void isLedByReleaseManagersOnly() {
        assertThatThrownBy(() -> RITA.runs(() -> releases.plan(ReleaseFixture.content(clock.instant()))))
                .isInstanceOf(ProblemException.class);
        String number = started();

        assertThatThrownBy(() -> confirm(RITA, number)).isInstanceOf(ProblemException.class);
    }

    private String started() {
        return ROLF.does(() -> releases.start(
                        releases.plan(ReleaseFixture.content(clock.instant())).number())
                .number());
    }

    private void confirm(SignedIn who, String number) {
        who.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
    }

    private void confirmAndGo(String number) {
        confirm(ROLF, number);
        vote(QUINN, number, "GO");
        vote(SASHA, number, "GO");
        // In a transaction of its own, so that it is the deed of nobody who voted.
        fire(number, "Release", "Activity_RaiseProductionChange");
    }

    private void vote(SignedIn who, String number, String vote) {
        who.runs(() ->
                tasks.submit(number, ReleaseModel.VOTE, null, Map.of("vote", vote, "reason", "that is how I see it")));
    }

    private void review(SignedIn who, String change) {
        who.runs(() -> tasks.submit(
                change, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));
    }

    private void bringToItsEnd(Change change, String result, boolean rolledBack) {
        String number = change.number();
        review(THEO, number);
        Map<String, Object> approves = Map.of("decision", "APPROVE", "reason", "agreed");
        MONA.runs(() -> tasks.submit(number, "ApproveChange", "change-manager", approves));
        OSKAR.runs(() -> tasks.submit(number, "ApproveChange", "ops-lead", approves));
        clock.set(change.window().startsAt());
        fire(number, "NormalChange", "Event_WindowOpened");
        OSKAR.runs(() ->
                tasks.submit(number, "ImplementChange", null, Map.of("result", result, "rolledBack", rolledBack)));
        MONA.runs(() -> tasks.submit(number, "ReviewChange", null, Map.of("closeCode", result, "lessons", "none")));
        assertThat(changes.find(number).state()).isEqualTo(ChangeState.CLOSED);
        goOn(jdbc.queryForObject(
                "select concat('REL-', number) from software_release where change_number = ?", String.class, number));
    }

    /** What follows the end of a change is done in a transaction of its own. */
    private void goOn(String number) {
        fire(number, "Release", "Event_ProductionChangeOver");
    }

    private void fire(String number, String process, String activity) {
        jobs.executeJob(jobs.createJobQuery()
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number, process)
                        .singleResult()
                        .getId())
                .activityId(activity)
                .singleResult()
                .getId());
    }

    private Change carrier(String number) {
        return changes.find(
                Objects.requireNonNull(releases.find(number).progress().change()));
    }

    private ProcessInstance instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number, "Release")
                .singleResult();
    }

    private void delete(String number) {
        InsideTheEngine.run(
                engine, () -> runtime.deleteProcessInstance(instance(number).getId(), "by mistake"));
    }

    private static Person person(SignedIn who) {
        return new Person(who.id(), Set.of(who.groups()));
    }
}
