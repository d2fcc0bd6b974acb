package io.gatehouse.release;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.OnFailedVerification;
import io.gatehouse.rollout.PlanTemplates;
import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import io.gatehouse.rollout.RolloutPlanning;
import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Undo;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Releases that name the plan by which they are rolled out, in a stage and into production. */
@ProcessTest
@OnH2
class StageRolloutPlanProcessTests {

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    Stages stages;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    ProductionChanges productionChanges;

    @Autowired
    PlanTemplates templates;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    Changes changes;

    @Autowired
    ChangeProcess changeProcess;

    @Autowired
    Tasks tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identities;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    private StageDriver driver;
    private String environment = "";
    private String template = "";

    /** An environment and a template of its own for each test. */
    @BeforeEach
    void begin() {
        driver = new StageDriver(beans);
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        clock.enterUntouchedTime();
        environment = "planned-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        template = "by-hand-" + environment;
        write("Unpack ${service} ${artifact.version}");
        for (String service : List.of("planned-a", "planned-b")) {
            if (jdbc.queryForObject("select count(*) from service where service_key = ?", Long.class, service) == 0) {
                jdbc.update(
                        "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 2, ?, 1)",
                        service,
                        service,
                        service);
            }
        }
        if (jdbc.queryForObject("select count(*) from service_dependency where service_key = 'planned-a'", Long.class)
                == 0) {
            jdbc.update("insert into service_dependency (service_key, depends_on) values ('planned-a', 'planned-b')");
        }
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void areDeployedByItServiceByServiceEachAfterWhatItNeeds() {
        String number = confirmed(content(stage("staging")));

        Change change = driver.raise(number);

        assertThat(stepsOf(change.number()))
                .extracting(PlannedStep::name, PlannedStep::target, StageRolloutPlanProcessTests::instructions)
                .containsExactly(
                        tuple(
                                "planned-b: Unpack planned-b",
                                "${environment}",
                                "Unpack planned-b ${artifact.planned-b.version}"),
                        tuple(
                                "planned-a: Unpack planned-a",
                                "${environment}",
                                "Unpack planned-a ${artifact.planned-a.version}"));
        StageRun run = stages.currentOf(number);
        assertThat(run.rolloutPlan()).isEqualTo(template);
        assertThat(run.planSha256())
                .isEqualTo(templates.digests(List.of(template)).get(template));
        assertThat(run.planAltered()).isFalse();
    }

    @Test
    void goIntoProductionByIt() {
        String number = confirmed(ReleaseFixture.deployedBy(content(), template));
        assertThat(readiness(number, "rollout-plan"))
                .isEqualTo(new ReadinessItem(
                        "rollout-plan",
                        true,
                        "tools deploy each service by the plan template " + template + ", "
                                + templates.digests(List.of(template)).get(template)));
        voteGo(number);

        driver.fire(number, "Release", "Activity_RaiseProductionChange");

        assertThat(stepsOf(
                        Objects.requireNonNull(releases.find(number).progress().change())))
                .extracting(PlannedStep::name)
                .containsExactly("planned-b: Unpack planned-b", "planned-a: Unpack planned-a");
    }

    @Test
    void namesNoPlanThatThereIsNotOrThatItCannotBeRolledOutBy() {
        ReleaseStage unknown = ReleaseFixture.deployedBy(stage("staging"), "no-such-plan");
        assertThat(refused(content(unknown))).contains("stages[0].rolloutPlan", "there is no such template");
        assertThat(refused(ReleaseFixture.deployedBy(content(), "No Such")))
                .contains("rolloutPlan", "there is no such template");

        write("Unpack ${service} as ${artifact.digest}");

        assertThat(refused(content(stage("staging"))))
                .contains("stages[0].rolloutPlan", "names what the change does not");
    }

    @Test
    void areNotConfirmedIfTheyCannotBeRolledOutByItAnyMore() {
        String number = started(content(stage("staging")));
        write("Unpack ${service} as ${artifact.digest}");

        assertThatThrownBy(() -> confirm(number)).isInstanceOf(ProblemException.class);

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.PREPARING);
    }

    /** It was altered between the confirmation and the stage. */
    @Test
    void arePreparedAnewIfTheyCannotBeDeployedByItInTheirStage() {
        String number = confirmed(content(stage("staging")));
        driver.enter(number);
        write("Unpack ${service} as ${artifact.digest}");

        driver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");

        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause())
                .startsWith("staging: It cannot be rolled out by the plan template " + template
                        + ": steps[0].manual.instructions names what the change does not bring");
        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(StageRun.Outcome.FAILED);
            assertThat(run.change()).isNull();
            assertThat(run.heldEnvironment())
                    .as("whoever waits for it may have it")
                    .isNull();
        });
    }

    @Test
    void passAStageAnewOnceItsPlanIsAltered() {
        String number = confirmed(content(stage("staging"), plain("second")));
        pass(number);
        assertThat(readiness(number, "stage-staging").met()).isTrue();

        write("Unpack ${service} ${artifact.version}, carefully");

        assertThat(readiness(number, "stage-staging").sentence())
                .isEqualTo("this package has not passed it as it is deployed now: the rollout plan " + template
                        + " was altered; qa-lead signs it off");
        driver.enter(number);
        assertThat(stages.runs(number))
                .as("before the one that would have come next")
                .extracting(StageRun::stage)
                .containsExactly("staging", "staging");
    }

    @Test
    void countAsPassedAgainOnceTheirPlanIsAsItWas() {
        String number = confirmed(content(stage("staging"), plain("second")));
        pass(number);

        write("Unpack ${service} ${artifact.version}, carefully");
        write("Unpack ${service} ${artifact.version}");

        assertThat(readiness(number, "stage-staging").met()).isTrue();
    }

    @Test
    void doNotGoIfThePlanOfAStageIsAlteredWhileTheirSeatsDecide() {
        String number = confirmed(content(stage("staging")));
        pass(number);
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        write("Unpack ${service} ${artifact.version}, carefully");

        voteGo(number);

        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause())
                .isEqualTo("It could go, but it is no longer as it passed staging: the rollout plan of that stage was"
                        + " altered");
        confirm(number);
        driver.enter(number);
        assertThat(stages.runs(number)).extracting(StageRun::stage).containsExactly("staging", "staging");
    }

    @Test
    void doNotGoIfTheyCannotBeRolledOutByItAnyMore() {
        String number = confirmed(ReleaseFixture.deployedBy(content(), template));
        write("Unpack ${service} as ${artifact.digest}");

        voteGo(number);

        Release back = releases.find(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause())
                .startsWith(
                        "It could go, but rolloutPlan must be the key of a plan template by which this package can be"
                                + " rolled out: steps[0]");
    }

    /** What the seats have seen is another plan. */
    @Test
    void doNotGoIfTheirPlanIsAlteredWhileTheirSeatsDecide() {
        String number = confirmed(ReleaseFixture.deployedBy(content(), template));
        write("Unpack ${service} ${artifact.version}, carefully");

        voteGo(number);

        assertThat(releases.find(number).progress().returnedBecause())
                .isEqualTo("It could go, but its rollout plan " + template + " was altered after its seats were asked");
    }

    /** It is altered after they have gone, before their change is raised: nothing is raised by half. */
    @Test
    void raiseNoChangeIntoProductionThatCouldNotFollowIt() {
        String number = confirmed(ReleaseFixture.deployedBy(content(), template));
        voteGo(number);
        write("Unpack ${service} as ${artifact.digest}");

        assertThatThrownBy(() -> productionChanges.raise(number))
                .hasMessageContaining("cannot be rolled out by the template " + template);

        assertThat(releases.find(number).progress().change()).isNull();
        write("Unpack ${service} ${artifact.version}");
        driver.fire(number, "Release", "Activity_RaiseProductionChange");
        assertThat(releases.find(number).progress().change()).isNotNull();
    }

    private void pass(String number) {
        driver.raise(number);
        String change = Objects.requireNonNull(stages.currentOf(number).change());
        // As if its rollout had been gone through, which is none of this test.
        jdbc.update("delete from rollout_plan where planned_for = ?", change);
        driver.bringToItsEnd(number);
        driver.signOff(QUINN, number, "PASS");
    }

    private void voteGo(String number) {
        List.of(QUINN, SASHA)
                .forEach(who -> who.runs(() -> tasks.submit(
                        number, ReleaseModel.VOTE, null, Map.of("vote", "GO", "reason", "Nothing is against it"))));
    }

    private String refused(ReleaseContent content) {
        try {
            ROLF.runs(() -> releases.plan(content));
            return "not at all";
        } catch (ProblemException refused) {
            return refused.problem().toString();
        }
    }

    private ReadinessItem readiness(String number, String criterion) {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> item.criterion().equals(criterion))
                .findFirst()
                .orElseThrow();
    }

    private List<PlannedStep> stepsOf(String change) {
        return planning.find(change).plan().steps();
    }

    private static String instructions(PlannedStep step) {
        return Objects.requireNonNull(step.manual()).instructions();
    }

    private ReleaseStage plain(String name) {
        return ReleaseFixture.stage(clock.instant(), name, environment);
    }

    private ReleaseStage stage(String name) {
        return ReleaseFixture.deployedBy(plain(name), template);
    }

    private ReleaseContent content(ReleaseStage... wanted) {
        List<Artifact> items = List.of(new Artifact("planned-a", "2.0", null), new Artifact("planned-b", "3.0", null));
        return ReleaseFixture.with(ReleaseFixture.content(clock.instant(), items), items, List.of(wanted));
    }

    private String started(ReleaseContent content) {
        return ROLF.does(() -> releases.start(releases.plan(content).number()).number());
    }

    private String confirmed(ReleaseContent content) {
        String number = started(content);
        confirm(number);
        return number;
    }

    private void confirm(String number) {
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
    }

    private void write(String instructions) {
        Precondition precondition =
                templates.find(template).isPresent() ? Precondition.parse("*", null) : Precondition.parse(null, "*");
        ManualWork work = new ManualWork(instructions, List.of("It is unpacked"));
        ROLF.runs(() -> templates.put(
                template,
                new RolloutPlan(
                        RolloutPlan.STANDARD_PROCESS,
                        List.of(new PlannedStep(
                                Stage.DEPLOY_APPLICATION,
                                "Unpack ${service}",
                                ManualWork.CONNECTOR,
                                "${environment}",
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
                        OnFailedVerification.ROLL_BACK),
                precondition));
    }
}
