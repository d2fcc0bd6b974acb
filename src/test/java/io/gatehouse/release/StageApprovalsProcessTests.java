package io.gatehouse.release;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The sign-off of {@code ReleaseStage.bpmn} where a stage names several roles: quality and security. */
@ProcessTest
@OnH2
class StageApprovalsProcessTests {

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    Stages stages;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskService engineTasks;

    @Autowired
    RuntimeService runtime;

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

    @BeforeEach
    void begin() {
        driver = new StageDriver(beans);
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        environment = "approved-" + jdbc.queryForObject("select count(*) from environment", Long.class);
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
    void passesOnceEachOfThemHasSigned() {
        String number = deployed(stage("qa-lead", "security-officer"));
        assertThat(openTasks(number)).as("all at once").hasSize(2);

        driver.signOff(SASHA, number, "PASS");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.TESTING);
        assertThat(openTasks(number)).hasSize(1);
        driver.signOff(QUINN, number, "PASS");

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(onlyRun(number).outcome()).isEqualTo(StageRun.Outcome.PASSED);
        assertThat(onlyRun(number).standing())
                .extracting(StageSignOff::seat, StageSignOff::person, StageSignOff::said)
                .containsExactly(
                        tuple("security-officer", "sasha", StageSignOffs.SignOff.PASS),
                        tuple("qa-lead", "quinn", StageSignOffs.SignOff.PASS));
        assertThat(readiness(number).sentence())
                .isEqualTo(
                        "this package passed it, signed off by sasha (security-officer), quinn (qa-lead); upgrade: passed,"
                                + " 1 of 1 cases passed, 100 % required");
    }

    @Test
    void saysWhoHasSignedAndWhoIsMissingSinceWhen() {
        String number = confirmed(stage("qa-lead", "security-officer"));
        assertThat(readiness(number).sentence())
                .isEqualTo("this package has not passed it; qa-lead, security-officer sign it off");
        driver.deploy(number);
        clock.advance(Duration.ofHours(2));
        Instant asked = clock.instant();
        driver.record(number, "upgrade", 1, 0);
        clock.advance(Duration.ofHours(1));
        driver.signOff(QUINN, number, "PASS");

        ReadinessItem item = readiness(number);

        assertThat(item.met()).isFalse();
        assertThat(item.owner()).isEqualTo("security-officer");
        assertThat(item.since()).isEqualTo(asked);
        assertThat(item.sentence())
                .startsWith(
                        "this package has not passed it; signed off by quinn (qa-lead), not by security-officer, asked"
                                + " at ");
    }

    @Test
    void isOverWithTheFirstWhoIsAgainstIt() {
        String number = deployed(stage("qa-lead", "security-officer"));
        driver.signOff(QUINN, number, "PASS");

        driver.signOff(SASHA, number, "FAIL");

        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause()).isEqualTo("staging: It does not keep its promise");
        assertThat(onlyRun(number).outcome()).isEqualTo(StageRun.Outcome.FAILED);
        assertThat(onlyRun(number).signOffs()).as("both are kept").hasSize(2);
        assertThat(onlyRun(number).tests()).hasSize(1);
    }

    @Test
    void asksNobodyAnyMoreOnceOneIsAgainstIt() {
        String number = deployed(stage("qa-lead", "security-officer"));

        driver.signOff(SASHA, number, "FAIL");

        assertThat(openTasks(number)).isEmpty();
        assertThatThrownBy(() -> driver.signOff(QUINN, number, "PASS")).hasMessageContaining("not waiting for");
    }

    @Test
    void asksEverybodyAgainOnceTestsAreRepeated() {
        String number = deployed(stage("qa-lead", "security-officer"));
        driver.signOff(QUINN, number, "PASS");

        driver.signOff(SASHA, number, "REPEAT_TESTS");
        assertThat(openTasks(number)).as("no result yet").isEmpty();
        driver.record(number, "upgrade", 1, 0);

        assertThat(openTasks(number)).hasSize(2);
        driver.signOff(QUINN, number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.TESTING);
        driver.signOff(SASHA, number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(onlyRun(number).signOffs())
                .extracting(StageSignOff::round, StageSignOff::said)
                .containsExactly(
                        tuple(1, StageSignOffs.SignOff.PASS),
                        tuple(1, StageSignOffs.SignOff.REPEAT_TESTS),
                        tuple(2, StageSignOffs.SignOff.PASS),
                        tuple(2, StageSignOffs.SignOff.PASS));
    }

    @Test
    void doesNotPassForAnySeatWithATestThatReachedLessThanItMust() {
        String number = confirmed(stage("qa-lead", "security-officer"));
        driver.deploy(number);
        driver.record(number, "upgrade", 1, 1);

        assertThatThrownBy(() -> driver.signOff(QUINN, number, "PASS")).hasMessageContaining("upgrade: not passed");

        assertThat(onlyRun(number).signOffs()).isEmpty();
    }

    @Test
    void takesOneSeatFromAPersonAndNoneFromWhoWroteInIt() {
        String number = deployed(stage("qa-lead", "security-officer"));
        SignedIn both = new SignedIn("quinn", "qa-lead", "security-officer");
        SignedIn author = new SignedIn("rolf", "release-manager", "security-officer");

        driver.signOff(both, number, "PASS");

        assertThatThrownBy(() -> driver.signOff(both, number, "PASS")).hasMessageContaining("a person fills one seat");
        assertThatThrownBy(() -> driver.signOff(author, number, "PASS"))
                .hasMessageContaining("somebody else has to sign it off");
        assertThatThrownBy(() -> driver.signOff(OSKAR, number, "PASS"))
                .as("operations are not asked")
                .isInstanceOf(ProblemException.class);
        assertThat(onlyRun(number).signOffs()).hasSize(1);
    }

    @Test
    void takesOneSignatureOfASeatAtTheSameTime() {
        String number = deployed(stage("qa-lead", "security-officer"));
        SignedIn other = new SignedIn("quentin", "qa-lead");

        List<Throwable> refused = atTheSameTime(number, QUINN, other);

        assertThat(refused).singleElement().isInstanceOfAny(ProblemException.class, OptimisticLockingException.class);
        assertThat(onlyRun(number).signOffs()).hasSize(1);
        assertThat(openTasks(number)).hasSize(1);
    }

    /** The last two: whoever comes second may have to try again, but nobody's word gets lost and it passes once. */
    @Test
    void passesOnceIfBothSignAtTheSameTime() {
        String number = deployed(stage("qa-lead", "security-officer"));

        atTheSameTime(number, QUINN, SASHA);
        Stream.of(QUINN, SASHA)
                .filter(who -> onlyRun(number).standing().stream()
                        .noneMatch(signOff -> signOff.person().equals(who.id())))
                .forEach(who -> driver.signOff(who, number, "PASS"));

        assertThat(onlyRun(number).signOffs()).hasSize(2);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
    }

    private List<Throwable> atTheSameTime(String number, SignedIn... people) {
        CyclicBarrier together = new CyclicBarrier(people.length);
        return Stream.of(people)
                .map(who -> CompletableFuture.supplyAsync(() -> catchThrowable(() -> {
                    together.await();
                    driver.signOff(who, number, "PASS");
                })))
                .toList()
                .stream()
                .flatMap(signed -> Optional.ofNullable(signed.join()).stream())
                .toList();
    }

    /** What the Tasklist's own doors offer besides the form. */
    @Test
    void isSignedOffByItsFormOnly() {
        String number = deployed(stage("qa-lead", "security-officer"));
        String task = openTasks(number).get(0).getId();

        for (Runnable attempt : List.<Runnable>of(
                () -> engineTasks.complete(task),
                () -> engineTasks.resolveTask(task),
                () -> engineTasks.delegateTask(task, "sasha"),
                () -> engineTasks.setAssignee(task, "sasha"),
                () -> engineTasks.setOwner(task, "sasha"))) {
            assertThatThrownBy(() -> QUINN.runs(attempt)).isInstanceOf(Exception.class);
        }

        assertThat(onlyRun(number).signOffs()).isEmpty();
        assertThat(openTasks(number)).hasSize(2);
    }

    @Test
    void isNotSignedOffInATaskThatAsksOthersAsWell() {
        String number = deployed(stage("qa-lead", "security-officer"));
        InsideTheEngine.run(engine, () -> openTasks(number)
                .forEach(task -> engineTasks.addCandidateGroup(task.getId(), "ops-lead")));

        assertThatThrownBy(() -> driver.signOff(OSKAR, number, "PASS")).hasMessageContaining("one seat's");

        assertThat(onlyRun(number).signOffs()).isEmpty();
    }

    @Test
    void beginsItsStageAnewWhenItsProcessIsDeletedWhileSomeHaveSigned() {
        String number = deployed(stage("qa-lead", "security-officer"));
        driver.signOff(QUINN, number, "PASS");
        InsideTheEngine.run(
                engine,
                () -> runtime.deleteProcessInstance(
                        runtime.createProcessInstanceQuery()
                                .processInstanceBusinessKey(number, "Release")
                                .singleResult()
                                .getId(),
                        "by mistake"));

        LostProcessesDriver.find(beans);

        driver.deploy(number);
        driver.record(number, "upgrade", 1, 0);
        assertThat(openTasks(number)).as("what was said counts no longer").hasSize(2);
        assertThat(stages.runs(number).get(0).outcome()).isEqualTo(StageRun.Outcome.VOID);
    }

    /** Whose say it is belongs to what was passed. */
    @Test
    void hasToPassItAnewWhenOthersHaveToSign() {
        String number = deployed(stage("qa-lead", "security-officer"), stageCalled("second", "qa-lead"));
        driver.signOff(QUINN, number, "PASS");
        driver.signOff(SASHA, number, "PASS");
        driver.deploy(number);
        driver.record(number, "upgrade", 1, 0);
        driver.signOff(QUINN, number, "FAIL");
        ReleaseContent before = releases.find(number).content();

        ROLF.runs(() -> releases.rewrite(
                number,
                ReleaseFixture.with(
                        before,
                        before.items(),
                        List.of(
                                ReleaseFixture.signedOffBy(before.stages().get(0), "qa-lead", "ops-lead"),
                                before.stages().get(1))),
                Precondition.parse("*", null)));
        confirm(number);
        driver.enter(number);

        assertThat(stages.runs(number)).extracting(StageRun::stage).containsExactly("staging", "second", "staging");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "qa-lead,no-such-role     | stages[0].approvals[1] | not 'no-such-role'",
                "auditor                  | stages[0].approvals[0] | not 'auditor'",
                "compute                  | stages[0].approvals[0] | not 'compute'",
                "qa-lead,ops-lead,qa-lead | stages[0].approvals[2] | must name each role once",
                "''                       | stages[0].approvals    | must name who signs the stage off"
            })
    void saysWhatIsWrongWithWhoSignsItOff(String approvals, String field, String said) {
        ReleaseStage wrong = approvals.isEmpty() ? stage() : stage(approvals.split(","));

        assertThatThrownBy(() -> planned(wrong)).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                        refused.problem().toString())
                .contains(field, said));
    }

    @Test
    void isNotSignedOffByOneAndByOthers() {
        ReleaseStage one = ReleaseFixture.stage(clock.instant(), "staging", environment);
        ReleaseStage both = new ReleaseStage(
                one.name(),
                one.environment(),
                one.planned(),
                one.tests(),
                one.exitCriteria(),
                "qa-lead",
                List.of("ops-lead"),
                null,
                false,
                null);

        assertThatThrownBy(() -> planned(both)).isInstanceOfSatisfying(ProblemException.class, refused -> assertThat(
                        refused.problem().toString())
                .contains("stages[0].signedOffBy", "must be left out"));
    }

    private ReleaseStage stage(String... approvals) {
        return stageCalled("staging", approvals);
    }

    private ReleaseStage stageCalled(String name, String... approvals) {
        return ReleaseFixture.signedOffBy(
                ReleaseFixture.stage(clock.instant(), name, environment, new StageTest("upgrade", "qa-lead", 100)),
                approvals);
    }

    private String planned(ReleaseStage... wanted) {
        ReleaseContent content = ReleaseFixture.content(clock.instant(), List.of(new Artifact("nova", "31.0.0", null)));
        return ROLF.does(() -> releases.plan(ReleaseFixture.with(content, content.items(), List.of(wanted)))
                .number());
    }

    private String confirmed(ReleaseStage... wanted) {
        String number = planned(wanted);
        ROLF.runs(() -> releases.start(number));
        confirm(number);
        return number;
    }

    private void confirm(String number) {
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
    }

    private String deployed(ReleaseStage... wanted) {
        String number = confirmed(wanted);
        driver.deploy(number);
        driver.record(number, "upgrade", 1, 0);
        return number;
    }

    private StageRun onlyRun(String number) {
        assertThat(stages.runs(number)).hasSize(1);
        return stages.runs(number).get(0);
    }

    private List<Task> openTasks(String number) {
        return engineTasks
                .createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("Activity_SignOffStage")
                .list();
    }

    private ReadinessItem readiness(String number) {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> item.criterion().equals("stage-staging"))
                .findFirst()
                .orElseThrow();
    }
}
