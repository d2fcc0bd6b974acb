package io.gatehouse.release;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.ROLF;
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
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every path of {@code ReleaseStage.bpmn} and {@code StageTest.bpmn}, and of {@code Release.bpmn} through its stages. */
@ProcessTest
@OnH2
class ReleaseStageProcessTests {

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    Stages stages;

    @Autowired
    StageSignOffs signOffs;

    @Autowired
    StageEntries entries;

    @Autowired
    StageChanges stageChanges;

    @Autowired
    GoNoGoDecisions decisions;

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

    private StageDriver driver;

    private String environment = "";

    /** An environment of its own for each test, which nobody else has to itself. */
    @BeforeEach
    void begin() {
        AbstractAssertions.init(engine);
        driver = new StageDriver(beans);
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        environment = "stage-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void isDecidedAboutOnceItHasPassedItsStages() {
        String number = confirmed(stage("staging", test("integration", 100), test("upgrade", 50)));
        ProcessInstance instance = instance(number);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.TESTING);
        assertThat(readiness(number, "stage-staging").met()).isFalse();

        Change change = deploy(number);
        assertThat(change.environment()).isEqualTo(environment);
        assertThat(change.title()).isEqualTo(number + " in " + environment + ": Gazpacho");
        assertThat(change.requester()).isEqualTo("rolf");
        record(number, "integration", 12, 0);
        record(number, "upgrade", 1, 1);
        signOff(number, "PASS");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(instance).hasPassedInOrder("Activity_ConfirmPackage", "Activity_PassStage");
        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(StageRun.Outcome.PASSED);
            assertThat(run.signedOffBy()).isEqualTo("quinn");
            assertThat(run.heldEnvironment()).as("nobody has it to itself").isNull();
        });
        assertThat(readiness(number, "stage-staging"))
                .isEqualTo(new ReadinessItem(
                        "stage-staging",
                        true,
                        "this package passed it, signed off by quinn; integration: passed, 12 of 12 cases passed, 100 %"
                                + " required; upgrade: passed, 1 of 2 cases passed, 50 % required"));
    }

    @Test
    void goesThroughItsStagesOneAfterTheOther() {
        String number = confirmed(stage("first"), stage("second"));

        deploy(number);
        signOff(number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.TESTING);
        deploy(number);
        signOff(number, "PASS");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(stages.runs(number)).extracting(StageRun::stage).containsExactly("first", "second");
    }

    @Test
    void doesNotPassWithATestThatReachedLessThanItMust() {
        String number = confirmed(stage("staging", test("upgrade", 51)));
        deploy(number);
        record(number, "upgrade", 1, 1);

        assertThatThrownBy(() -> signOff(number, "PASS"))
                .hasMessageContaining("upgrade: not passed, 1 of 2 cases passed, 51 % required");
        signOff(number, "REPEAT_TESTS");
        record(number, "upgrade", 2, 0);
        signOff(number, "PASS");

        assertThat(stages.runs(number).get(0).tests())
                .as("both are kept")
                .extracting(TestRun::isPassed)
                .containsExactly(false, true);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
    }

    @Test
    void doesNotPassIfNoCaseRan() {
        String number = confirmed(stage("staging", test("upgrade", 1)));
        deploy(number);
        record(number, "upgrade", 0, 0);

        assertThatThrownBy(() -> signOff(number, "PASS")).hasMessageContaining("0 of 0 cases passed");
    }

    @Test
    void doesNotPassBeforeItsCriteriaAreMet() {
        String number = confirmed(stage("staging"));
        deploy(number);

        assertThatThrownBy(() -> QUINN.runs(
                        () -> tasks.submit(number, ReleaseModel.SIGN_OFF_STAGE, null, Map.of("decision", "PASS"))))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void isNotSignedOffByWhoWroteInIt() {
        String number = confirmed(stage("staging"));
        deploy(number);
        SignedIn author = new SignedIn("rolf", "release-manager", "qa-lead");

        assertThatThrownBy(() -> driver.signOff(author, number, "PASS"))
                .hasMessageContaining("somebody else has to sign it off");
    }

    @Test
    void isPreparedAnewWhenItFailsInAStage() {
        String number = confirmed(stage("staging"));
        deploy(number);

        signOff(number, "FAIL");

        assertThat(instance(number)).isWaitingAtExactly("Activity_ConfirmPackage");
        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause()).isEqualTo("staging: It does not keep its promise");
    }

    @Test
    void isPreparedAnewWhenItCannotBeDeployed() {
        String number = confirmed(stage("staging"));
        Change change = raised(number);

        MONA.runs(() -> changeProcess.cancel(person(MONA), change.number()));
        driver.fire(number, "ReleaseStage", "Event_StageChangeOver");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(releases.find(number).progress().returnedBecause())
                .isEqualTo("staging: " + change.number() + " was canceled.");
        assertThat(stages.runs(number).get(0).heldEnvironment()).isNull();
    }

    @Test
    void passesNoStageTwiceWithTheSamePackage() {
        String number = confirmed(stage("first"), stage("second"));
        deploy(number);
        signOff(number, "PASS");
        deploy(number);
        signOff(number, "FAIL");

        confirm(number);

        assertThat(raised(number)).isNotNull();
        assertThat(stages.runs(number)).extracting(StageRun::stage).containsExactly("first", "second", "second");
    }

    @Test
    void passesEachStageAnewWithAnotherPackage() {
        String number = confirmed(stage("first"), stage("second"));
        deploy(number);
        signOff(number, "PASS");
        deploy(number);
        signOff(number, "FAIL");
        ReleaseContent before = releases.find(number).content();
        ROLF.runs(() -> releases.rewrite(
                number,
                ReleaseFixture.with(before, List.of(new Artifact("nova", "31.0.1", null)), before.stages()),
                Precondition.parse("*", null)));

        confirm(number);
        driver.enter(number);

        assertThat(stages.runs(number)).extracting(StageRun::stage).containsExactly("first", "second", "first");
    }

    @Test
    void goesBackToANamedStageWithEverythingKept() {
        String number = confirmed(stage("first"), stage("second"));
        deploy(number);
        signOff(number, "PASS");
        deploy(number);
        signOff(number, "FAIL");

        ROLF.runs(() -> tasks.submit(
                number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM", "fromStage", "first")));
        driver.enter(number);

        assertThat(stages.runs(number))
                .extracting(StageRun::stage, StageRun::outcome)
                .containsExactly(
                        tuple("first", StageRun.Outcome.VOID),
                        tuple("second", StageRun.Outcome.FAILED),
                        tuple("first", null));
        assertThat(stages.runs(number).get(0).signedOffBy()).as("it is kept").isEqualTo("quinn");
    }

    @Test
    void saysHowItIsRetiredWhereThatTakesMore() {
        String number = confirmed(stage("staging"));

        assertThatThrownBy(() -> ROLF.runs(() -> releases.retire(number, "Nobody needs it")))
                .hasMessageContaining("is TESTING and cannot be retired: cancel the change of its stage");

        deploy(number);
        signOff(number, "FAIL");
        ROLF.runs(() -> releases.retire(number, "Nobody needs it"));
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.RETIRED);
    }

    @Test
    void goesBackToNoStageThatItDoesNotHave() {
        String number = confirmed(stage("first"));
        deploy(number);
        signOff(number, "FAIL");

        assertThatThrownBy(() -> ROLF.runs(() -> tasks.submit(
                        number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM", "fromStage", "third"))))
                .isInstanceOf(ProblemException.class);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
    }

    @Test
    void hasTheEnvironmentToItselfAndWhoCameFirstIsNext() {
        String first = confirmed(stage("staging"));
        String second = confirmed(stage("staging"));
        String third = confirmed(stage("staging"));
        driver.enter(first);
        driver.enter(second);
        driver.enter(third);
        assertThat(waitsFor(second)).isEqualTo(first + " has " + environment + " to itself.");
        assertThat(processInStage(second)).isWaitingAtExactly("Event_StageMayBeEntered");
        driver.fire(first, "ReleaseStage", "Activity_RaiseStageChange");
        driver.bringToItsEnd(first);

        signOff(first, "PASS");

        driver.enter(third);
        assertThat(waitsFor(third)).isEqualTo(second + " is before it in the line for " + environment + ".");
        driver.enter(second);
        assertThat(stages.currentOf(second).heldEnvironment()).isEqualTo(environment);
        assertThat(stages.currentOf(second).waitsFor()).isNull();
    }

    @Test
    void beginsItsStageAnewWhenItsProcessIsDeleted() {
        String number = confirmed(stage("staging", test("upgrade", 100)));
        deploy(number);
        delete(number);

        LostProcessesDriver.find(beans);

        assertThat(stages.runs(number).get(0).outcome()).isEqualTo(StageRun.Outcome.VOID);
        deploy(number);
        record(number, "upgrade", 1, 0);
        signOff(number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
    }

    /** As a redrawn model would that leaves a step out or takes it twice. */
    @Test
    void isHeldToItsStagesWhateverADiagramDraws() {
        String number = confirmed(stage("staging", test("upgrade", 100)));
        assertThatThrownBy(() -> decisions.open(number)).hasMessage(number + " has not passed staging");
        assertThatThrownBy(() -> stageChanges.raise(number)).hasMessageContaining("is in no stage");

        raised(number);
        assertThatThrownBy(() -> stageChanges.raise(number)).hasMessageContaining("deployed there already");
        assertThatThrownBy(() -> signOffs.signOff(number, "qa-lead", person(QUINN), StageSignOffs.SignOff.PASS, null))
                .hasMessageContaining("is not deployed");
        driver.bringToItsEnd(number);
        assertThatThrownBy(() -> signOffs.signOff(number, "qa-lead", person(QUINN), StageSignOffs.SignOff.PASS, null))
                .hasMessageContaining("have no result yet");
        record(number, "upgrade", 1, 0);
        signOff(number, "PASS");
        assertThatThrownBy(() -> entries.enter(number)).hasMessageContaining("is DECIDING and enters no stage");
    }

    @Test
    void takesNoResultThatNobodyWaitsFor() {
        String number = confirmed(stage("staging", test("upgrade", 100)));
        deploy(number);
        String test = driver.testOf(number, "upgrade");
        record(number, "upgrade", 1, 0);

        assertThatThrownBy(() -> stages.record(test, "quinn", new TestResult(1, 0, 0, null, null, null)))
                .hasMessageContaining("Nobody waits for a result of " + test);
    }

    private ReadinessItem readiness(String number, String criterion) {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> item.criterion().equals(criterion))
                .findFirst()
                .orElseThrow();
    }

    private ReleaseStage stage(String name, StageTest... tests) {
        return ReleaseFixture.stage(clock.instant(), name, environment, tests);
    }

    private static StageTest test(String name, int percent) {
        return new StageTest(name, "qa-lead", percent);
    }

    private String confirmed(ReleaseStage... wanted) {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        String number = ROLF.does(
                () -> releases.start(releases.plan(ReleaseFixture.with(content, content.items(), List.of(wanted)))
                                .number())
                        .number());
        confirm(number);
        return number;
    }

    private void confirm(String number) {
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
    }

    private Change raised(String number) {
        return driver.raise(number);
    }

    private Change deploy(String number) {
        return driver.deploy(number);
    }

    private void record(String number, String name, int passed, int failed) {
        driver.record(number, name, passed, failed);
    }

    private void signOff(String number, String decision) {
        driver.signOff(QUINN, number, decision);
    }

    private String waitsFor(String number) {
        return String.valueOf(stages.currentOf(number).waitsFor());
    }

    private ProcessInstance instance(String number) {
        return instance(number, "Release");
    }

    private ProcessInstance processInStage(String number) {
        return instance(number, "ReleaseStage");
    }

    private ProcessInstance instance(String number, String process) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number, process)
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
