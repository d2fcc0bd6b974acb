package io.gatehouse.rollout;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.ReadinessItem;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseFixture;
import io.gatehouse.release.ReleaseModel;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.Releases;
import io.gatehouse.release.StageDriver;
import io.gatehouse.release.StageRehearsals;
import io.gatehouse.release.StageRun;
import io.gatehouse.release.Stages;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Every path of {@code ReleaseStage.bpmn} on which the way back is tried out, and what counts as having tried it. */
@OnH2
@RolloutTest
class ReleaseRehearsalTests {

    @Autowired
    BeanFactory beans;

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    PlanTemplates templates;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Rollbacks rollbacks;

    @Autowired
    Resolutions resolutions;

    @Autowired
    Releases releases;

    @Autowired
    Stages stages;

    @Autowired
    StageRehearsals rehearsals;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    ChangeProcess process;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    IdentityService identities;

    @Autowired
    DataSource database;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    private final String service = "rehearsed-" + UUID.randomUUID().toString().substring(0, 8);

    private StageDriver stageDriver;

    @BeforeEach
    void catalog() {
        stageDriver = new StageDriver(beans);
        ChangeFixture.catalog(jdbc);
        BoardFixture.person(identities, "rolf", "release-manager", "requester");
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
    }

    @Test
    void isRolledBackAndThenDeployedByASecondChange() throws SQLException {
        planned(2);
        String number = inStage(true);
        assertThat(readiness(number).met()).isFalse();
        assertThat(readiness(number).sentence())
                .isEqualTo("nothing shows that " + service
                        + " can be taken back in just this version: no stage has deployed it by this plan and rolled it"
                        + " back");

        Change rehearsal = rehearsing(number);
        assertThat(rehearsal.title()).startsWith("Rehearsal of " + number + " in ");
        String rollout = rolledOut(rehearsal);
        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.REHEARSED);
        assertThat(changes.find(rehearsal.number()).closeCode()).isEqualTo(CloseCode.SUCCESSFUL);
        over(number);

        StageRun run = stages.currentOf(number);
        ProvenRollback proof =
                Objects.requireNonNull(Objects.requireNonNull(run.rehearsal()).proof());
        assertThat(proof.rollout()).isEqualTo(rollout);
        assertThat(proof.steps()).isEqualTo(2);
        assertThat(proof.took()).isNotNull().isPositive();
        assertThat(run.deployedAt()).isNull();
        assertThat(readiness(number).met()).isTrue();
        assertThat(readiness(number).sentence())
                .startsWith(rollout + " took this very package back in " + run.heldEnvironment() + " at ")
                .contains(": 2 steps in exact reverse, in ");
        assertThat(differences("stage-run-" + run.id())).isEmpty();

        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");
        Change second =
                changes.find(Objects.requireNonNull(stages.currentOf(number).change()));
        assertThat(second.number()).isNotEqualTo(rehearsal.number());
        String stays = rolledOut(second);
        driver.fireTimer(stays);
        reviewed(second);
        assertThat(driver.stateOf(stays)).isEqualTo(RolloutState.DEPLOYED);
        stageDriver.fire(number, "ReleaseStage", "Event_StageChangeOver");
        stageDriver.signOff(QUINN, number, "PASS");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
        assertThat(decisions.of(number).get(0).readiness().text())
                .as("what its seats see, for good")
                .contains("rollback-rehearsed, " + rollout + " took this very package back");
    }

    @Test
    void failsTheStageIfItDoesNotComeBackCompletely() {
        planned(2);
        String number = inStage(true);
        Change rehearsal = rehearsing(number);
        approve(rehearsal);
        String rollout = driver.opened(rehearsal.number());
        tools.answer(rollout, 1, CommandKind.UNDO, ConnectorAnswer.failed("Disk full"));
        driver.settle(rollout);
        ROLF.runs(() -> resolutions.resolve(rollout, 1, ResolutionAction.SKIP, "It is cleaned up by hand"));
        driver.settle(rollout);
        reviewed(rehearsal);

        over(number);

        Release back = released(number);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.because())
                .isEqualTo("staging: Its rollback was rehearsed by " + rehearsal.number()
                        + " and has not come back completely: " + rollout
                        + " is ROLLBACK_INCOMPLETE: step 1, Deploy 1, is UNDO_SKIPPED.");
        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(StageRun.Outcome.FAILED);
            assertThat(run.heldEnvironment()).isNull();
        });
        assertThat(readiness(number).sentence()).contains(rollout + " is ROLLBACK_INCOMPLETE: step 1");
    }

    @Test
    void failsTheStageIfItsChangeIsCanceled() {
        planned(1);
        String number = inStage(true);
        Change rehearsal = rehearsing(number);

        MONA.runs(() -> process.cancel(new Person("mona", Set.of("change-manager")), rehearsal.number()));
        over(number);

        assertThat(released(number).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(released(number).because()).endsWith(rehearsal.number() + " was not rolled out.");
    }

    @Test
    void provesNothingIfOnlyPartOfItHadRun() {
        planned(3);
        String number = inStage(true);
        Change rehearsal = rehearsing(number);
        approve(rehearsal);
        String rollout = driver.opened(rehearsal.number());
        tools.answer(rollout, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        driver.settle(rollout);
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLED_BACK);
        reviewed(rehearsal);

        over(number);

        assertThat(released(number).because())
                .endsWith(rollout + " came back, but only 1 of 3 steps of its plan had run.");
    }

    /** By button, in a stage that asks for nothing. */
    @Test
    void countsIfSomebodyRolledItBackInAStage() {
        planned(2);
        String number = inStage(false);
        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");
        Change change =
                changes.find(Objects.requireNonNull(stages.currentOf(number).change()));
        String rollout = rolledOut(change);
        assertThat(readiness(number).sentence()).endsWith(rollout + " is RUNNING");

        ROLF.runs(() -> rollbacks.request(rollout, "We want to see it once"));
        driver.settle(rollout);
        reviewed(change);
        stageDriver.fire(number, "ReleaseStage", "Event_StageChangeOver");

        assertThat(released(number).because())
                .isEqualTo("staging: " + change.number() + " was closed as UNSUCCESSFUL and rolled back.");
        assertThat(readiness(number).met()).isTrue();
        assertThat(readiness(number).sentence()).startsWith(rollout + " took this very package back");
    }

    @Test
    void countsNeitherForAnotherVersionNorForAnotherPlan() {
        planned(2);
        String number = inStage(true);
        rolledOut(rehearsing(number));
        over(number);
        assertThat(readiness(number).met()).isTrue();

        planned(3);

        assertThat(readiness(number).met()).as("another plan").isFalse();
        planned(2);
        assertThat(readiness(number).met()).as("the plan that was rehearsed").isTrue();
        jdbc.update(
                "update software_release_item set new_version = '2.0.1' where release_number = ?",
                number.substring("REL-".length()));
        assertThat(readiness(number).met()).as("another version").isFalse();
    }

    /** There is nothing that a machine could take back. */
    @Test
    void isOnlySaidWhereThereIsNoPlan() {
        String number = inStage(true);

        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");

        assertThat(stages.currentOf(number).rehearsal()).isNull();
        assertThat(readiness(number))
                .extracting(ReadinessItem::met, ReadinessItem::sentence)
                .containsExactly(
                        true, "only said by people: the way back has been tried; there is no plan to take it back by");
    }

    /** No service has a plan of its own: it is tried out, deployed and taken into production by the template. */
    @Test
    void isRehearsedByThePlanTemplateThatItsStageNames() {
        String template = template(2);
        String number = inStage(true, template, template);

        Change rehearsal = rehearsing(number);

        assertThat(planning.find(rehearsal.number()).plan().steps())
                .extracting(PlannedStep::name)
                .containsExactly("Deploy " + service + " 1", "Deploy " + service + " 2");
        String rollout = rolledOut(rehearsal);
        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        over(number);
        assertThat(readiness(number).sentence()).startsWith(rollout + " took this very package back");

        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");

        StageRun run = stages.currentOf(number);
        assertThat(run.rolloutPlan()).isEqualTo(template);
        assertThat(planning.find(Objects.requireNonNull(run.change())).plan())
                .isEqualTo(planning.find(rehearsal.number()).plan().rehearsing(null));
        write(template, 3);
        assertThat(readiness(number).met()).as("another plan").isFalse();
    }

    /** Its way back is not that by which it would be taken back from production. */
    @Test
    void provesNothingOfAnotherPlanIntoProduction() {
        planned(1);
        String number = inStage(true, template(2), null);

        rolledOut(rehearsing(number));
        over(number);

        assertThat(stages.currentOf(number).rehearsal())
                .as("the stage is content")
                .isNotNull();
        assertThat(readiness(number).met()).isFalse();
        assertThat(readiness(number).sentence()).endsWith("no stage has deployed it by this plan and rolled it back");
    }

    @Test
    void failsTheStageIfItCannotFollowThePlanTemplateAnyMore() {
        String template = template(1);
        String number = inStage(true, template, null);
        write(template, 1, "${artifact.digest}");

        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseRehearsal");

        assertThat(released(number).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(released(number).because())
                .startsWith("staging: It cannot be rolled out by the plan template " + template + ": steps[0]");
        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(StageRun.Outcome.FAILED);
            assertThat(run.rehearsal()).isNull();
            assertThat(run.change()).isNull();
        });
    }

    /** There is nothing to try out, so the change that would deploy it says why there is none. */
    @Test
    void failsTheStageIfItEntersItTooLateForItsPlanTemplate() {
        String template = template(1);
        String number = confirmed(true, template, null);
        write(template, 1, "${artifact.digest}");
        stageDriver.enter(number);

        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");

        assertThat(released(number).because())
                .startsWith("staging: It cannot be rolled out by the plan template " + template + ": steps[0]");
    }

    /** As a redrawn model would that takes the step twice. */
    @Test
    void isRehearsedOnceAndBeforeItIsDeployed() {
        planned(1);
        String number = inStage(true);
        rehearsing(number);

        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> rehearsals.raise(number)))
                .hasMessageContaining("past its rehearsal");
    }

    /** What a release says of itself when it came back. */
    private record Release(ReleaseState state, String because) {}

    private Release released(String number) {
        var found = releases.find(number);
        return new Release(found.state(), String.valueOf(found.progress().returnedBecause()));
    }

    private void planned(int steps) {
        RolloutPlan wanted = plan(
                IntStream.rangeClosed(1, steps).mapToObj(i -> step(Stage.DEPLOY_APPLICATION, "Deploy " + i, "tool")));
        transactions.executeWithoutResult(status -> planning.writeForService(service, wanted));
    }

    /** The key of a plan template with this many steps. */
    private String template(int steps) {
        String template = "template-of-" + service;
        write(template, steps);
        return template;
    }

    private void write(String template, int steps) {
        write(template, steps, "${artifact.version}");
    }

    private void write(String template, int steps, String version) {
        RolloutPlan wanted = plan(IntStream.rangeClosed(1, steps)
                .mapToObj(i -> step(Stage.DEPLOY_APPLICATION, "Deploy ${service} " + i, "tool"))
                .map(step -> new PlannedStep(
                        step.stage(),
                        step.name(),
                        step.connector(),
                        step.target(),
                        Map.of("version", version),
                        step.undo(),
                        null,
                        false,
                        null,
                        null)));
        transactions.executeWithoutResult(status -> ROLF.runs(() -> templates.put(
                template,
                wanted,
                templates.find(template).isPresent() ? Precondition.parse("*", null) : Precondition.parse(null, "*"))));
    }

    private String inStage(boolean rehearses) {
        return inStage(rehearses, null, null);
    }

    private String inStage(boolean rehearses, @Nullable String inStage, @Nullable String inProduction) {
        String number = confirmed(rehearses, inStage, inProduction);
        stageDriver.enter(number);
        return number;
    }

    /** The release of our service, and by which plan templates it is brought where. */
    private String confirmed(boolean rehearses, @Nullable String inStage, @Nullable String inProduction) {
        String environment = "rehearsing-" + UUID.randomUUID().toString().substring(0, 8);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        Instant now = Instant.now();
        ReleaseStage stage = ReleaseFixture.stage(now, "staging", environment);
        ReleaseContent content = ReleaseFixture.with(
                ReleaseFixture.content(now),
                List.of(new Artifact(service, "2.0", null)),
                List.of(new ReleaseStage(
                        stage.name(),
                        stage.environment(),
                        stage.planned(),
                        stage.tests(),
                        stage.exitCriteria(),
                        stage.signedOffBy(),
                        stage.approvals(),
                        null,
                        rehearses,
                        inStage)));
        String number = ROLF.does(() -> releases.start(releases.plan(ReleaseFixture.deployedBy(content, inProduction))
                        .number())
                .number());
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
        return number;
    }

    private Change rehearsing(String number) {
        stageDriver.fire(number, "ReleaseStage", "Activity_RaiseRehearsal");
        return changes.find(
                Objects.requireNonNull(stages.currentOf(number).rehearsal()).change());
    }

    private void approve(Change change) {
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "looked at it")));
    }

    private String rolledOut(Change change) {
        approve(change);
        String rollout = driver.opened(change.number());
        driver.settle(rollout);
        reviewed(change);
        return rollout;
    }

    private void reviewed(Change change) {
        if (changes.find(change.number()).state() == ChangeState.REVIEW) {
            MONA.runs(() -> tasks.submit(
                    change.number(),
                    "ReviewChange",
                    null,
                    Map.of(
                            "closeCode",
                            String.valueOf(changes.find(change.number()).closeCode()),
                            "lessons",
                            "none")));
        }
    }

    private void over(String number) {
        stageDriver.fire(number, "ReleaseStage", "Event_RehearsalOver");
    }

    private ReadinessItem readiness(String number) {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> item.criterion().equals("rollback-rehearsed"))
                .findFirst()
                .orElseThrow();
    }

    private List<String> differences(String object) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection)
                    .records(List.of(object)).stream()
                            .map(found -> found.kind().name())
                            .toList();
        }
    }
}
