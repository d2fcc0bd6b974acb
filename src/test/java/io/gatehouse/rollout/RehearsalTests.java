package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.manual;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The plan of a change is tried out somewhere else: it runs, is verified, and is undone. */
@OnH2
@RolloutTest
class RehearsalTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    Rehearsals rehearsals;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    Rollouts rollouts;

    @Autowired
    Rollbacks rollbacks;

    @Autowired
    Resolutions resolutions;

    @Autowired
    ChangeProcess process;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    List<ApproverInsight> insights;

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
    }

    @Test
    void runsEveryStepThereAndUndoesThemInReverse() {
        Change change = planned(plan(site("1"), site("2"), check()));

        String rollout = rehearsed(change);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "RUN 3", "UNDO 2", "UNDO 1");
        assertThat(tools.callsOf(rollout)).extracting(ScriptedTools.Call::tool).containsOnly("site-staging");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.REHEARSED);
        assertThat(driver.hasEnded(rollout)).isTrue();
        Rehearsal rehearsal = only(change);
        assertThat(rehearsal.result()).isEqualTo(Rehearsal.Result.PASSED);
        assertThat(rehearsal.environment()).isEqualTo("staging");
        assertThat(rehearsal.rollout()).isEqualTo(rollout);
        assertThat(rehearsal.current()).isTrue();
    }

    @Test
    void countsAsSuccessfulAndAsNoDeployment() {
        Change change = planned(plan(site("1")));

        rehearsed(change);

        Change rehearsal = changes.find(only(change).change());
        assertThat(rehearsal.closeCode()).isEqualTo(CloseCode.SUCCESSFUL);
        assertThat(rehearsal.rolledBack()).isTrue();
        assertThat(jdbc.queryForObject("select count(*) from deployment where service_key = ?", Long.class, service))
                .isZero();
    }

    @Test
    void isAskedAboutLikeAnyChange() {
        Change change = planned(plan(site("1")));

        Rehearsal begun = begin(change);

        assertThat(changes.find(begun.change()).state()).isEqualTo(ChangeState.ASSESS);
        assertThat(begun.result()).isEqualTo(Rehearsal.Result.PENDING);
        assertThat(begun.rollout()).isNull();
        assertThatThrownBy(() -> RITA.runs(() -> approveTechnically(begun.change())))
                .hasMessageContaining("This task is for technical-approver");
    }

    @Test
    void asksAPersonToVerifyItIfThePlanDoes() {
        RolloutPlan plan = new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                List.of(site("1")),
                Map.of(),
                List.of("It answers"),
                Duration.ofHours(1),
                OnFailedVerification.ROLL_BACK);
        Change change = planned(plan);
        String rollout = rehearsed(change);
        assertThat(only(change).result()).isEqualTo(Rehearsal.Result.PENDING);

        OSKAR.runs(() -> tasks.submit(rollout, "VerifyDeployment", null, Map.of("verdict", "WORKS")));
        driver.settle(rollout);

        assertThat(only(change).result()).isEqualTo(Rehearsal.Result.PASSED);
    }

    @Test
    void fails() {
        Change change = planned(plan(site("1"), site("2")));
        String number = begin(change).change();
        THEO.runs(() -> approveTechnically(number));
        String rollout = driver.opened(number);
        tools.answer(rollout, 2, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(only(change).result()).isEqualTo(Rehearsal.Result.FAILED);
        assertThat(changes.find(number).closeCode()).isEqualTo(CloseCode.UNSUCCESSFUL);
    }

    @Test
    void failsIfTheWayBackDoes() {
        Change change = planned(plan(site("1")));
        String number = begin(change).change();
        THEO.runs(() -> approveTechnically(number));
        String rollout = driver.opened(number);
        tools.answer(rollout, 1, CommandKind.UNDO, ConnectorAnswer.failed("Disk full"));
        driver.settle(rollout);

        ROLF.runs(() -> resolutions.resolve(rollout, 1, ResolutionAction.SKIP, "It is cleaned up by hand"));
        driver.settle(rollout);

        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
        assertThat(only(change).result()).isEqualTo(Rehearsal.Result.FAILED);
    }

    @Test
    void failsIfAPersonCallsItBack() {
        Change change = planned(plan(site("1")));
        String number = begin(change).change();
        THEO.runs(() -> approveTechnically(number));
        String rollout = driver.opened(number);
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            ROLF.runs(() -> rollbacks.request(rollout, "The wrong day"));
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(only(change).result()).isEqualTo(Rehearsal.Result.FAILED);
    }

    @Test
    void passesWithAStepThatCannotBeUndoneAndLeavesIt() {
        PlannedStep drop = new PlannedStep(
                Stage.MIGRATE_DATABASE,
                "Drop a column",
                "site-${environment}",
                "db",
                Map.of("version", "2.0"),
                null,
                "Data is dropped",
                false,
                null,
                null);
        Change change = planned(plan(drop, site("1")));

        String rollout = rehearsed(change);

        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.REHEARSED);
        assertThat(rollouts.stillInPlace(rollout)).extracting(Step::name).containsExactly("Drop a column");
    }

    @Test
    void isNoLongerOfThePlanThatWasAlteredSince() {
        Change change = planned(plan(site("1")));
        rehearsed(change);
        assertThat(insight(change)).isEqualTo(only(change).change() + " in staging: PASSED");

        planning.write(change, plan(site("1"), site("2")));

        assertThat(only(change).current()).isFalse();
        assertThat(insight(change))
                .isEqualTo(only(change).change() + " in staging: PASSED, of another plan or other versions than these");
    }

    @Test
    void isNoLongerOfWhatTheChangeBrings() {
        Change change = planned(plan(site("1")));
        begin(change);

        transaction.executeWithoutResult(status ->
                RITA.runs(() -> process.rewrite(REQUESTER, changes.lock(change.number()), bringing("dev", "2.0.1"))));

        assertThat(only(change).current()).isFalse();
    }

    @Test
    void tellsItsApproversThatItIsOne() {
        Change change = planned(plan(site("1")));
        assertThat(insight(change)).isEqualTo("none");

        Rehearsal begun = begin(change);

        assertThat(insight(changes.find(begun.change())))
                .isEqualTo("this is one, of " + change.number() + ": everything it does is undone in the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "dev", "nowhere"})
    void isRefusedInProductionAndWhereTheChangeGoes(String environment) {
        Change change = planned(plan(site("1")));

        assertThat(refusal(change, environment).problem().fields())
                .extracting(InvalidField::field)
                .containsExactly("environment");
        assertThat(rehearsals.of(change.number())).isEmpty();
    }

    @Test
    void isRefusedIfAnythingWouldBeDoneWhereTheChangeGoes() {
        PlannedStep byHand = manual(
                Stage.SHIFT_TRAFFIC,
                "Switch",
                new ManualWork("Switch ${environment}", List.of()),
                new Undo(ManualWork.CONNECTOR, Map.of(), new ManualWork("Switch back", List.of())));
        PlannedStep elsewhere = manual(Stage.SHIFT_TRAFFIC, "Tell", new ManualWork("Tell the users", List.of()));
        RolloutPlan plan =
                plan(Stream.concat(deploySteps(1).steps().stream(), Stream.of(site("1"), byHand, elsewhere)));
        Change change = planned(plan);

        assertThat(refusal(change, "staging").problem().fields())
                .extracting(InvalidField::field)
                .containsExactly("steps[0]", "steps[0].undo", "steps[2].undo", "steps[3]", "steps[3].undo");
    }

    @Test
    void isRefusedOfARehearsal() {
        Change change = planned(plan(site("1")));
        Change rehearsal = changes.find(begin(change).change());

        assertThat(refusal(rehearsal, "dev")).hasMessageContaining("it is a rehearsal itself");
    }

    @Test
    void isRefusedOnceTheChangeIsBeingImplemented() {
        Change change = planned(plan(site("1")));
        RITA.runs(() -> process.submit(REQUESTER, change.number()));
        THEO.runs(() -> approveTechnically(change.number()));

        assertThat(refusal(change, "staging")).hasMessageContaining("is IMPLEMENT");
    }

    @Test
    void isRefusedWhereTheProcessWasRedrawnWithoutTheWayBack() throws IOException {
        Change change = planned(plan(site("1")));
        String redrawn = Files.readString(Path.of("processes", "rollout", "Rollout.bpmn"))
                .replace("Activity_CallRehearsalBack", "Activity_SomethingElse");
        String[] deployment = new String[1];
        InsideTheEngine.run(
                engine,
                () -> deployment[0] = engine.getRepositoryService()
                        .createDeployment()
                        .addString("Rollout.bpmn", redrawn)
                        .deploy()
                        .getId());
        try {
            assertThat(refusal(change, "staging")).hasMessageContaining("Call rehearsal back");
            assertThat(rehearsals.of(change.number())).isEmpty();
        } finally {
            InsideTheEngine.run(engine, () -> engine.getRepositoryService().deleteDeployment(deployment[0], true));
        }
    }

    @Test
    void isRefusedForAProcessThatATeamHasDrawn() {
        Change change = planned(new RolloutPlan(
                "SampleRollout",
                List.of(),
                Map.of("version", "2.0"),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK));

        assertThat(refusal(change, "staging")).hasMessageContaining("a team has drawn the process SampleRollout");
    }

    @Test
    void carriesOutNoOtherPlan() {
        Change change = planned(plan(site("1")));
        String number = begin(change).change();
        transaction.executeWithoutResult(
                status -> RITA.runs(() -> process.revise(REQUESTER, number, "Another plan, please")));

        assertThatThrownBy(() -> transaction.execute(status -> planning.lockForPlanning(number)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("is a rehearsal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "dev"})
    void cannotBeTakenElsewhere(String environment) {
        assertAltered(bringing(environment, "2.0.0"));
    }

    @Test
    void cannotBringSomethingElse() {
        assertAltered(bringing("staging", "2.0.1"));
    }

    @Test
    void isSubmittedAgainAsItWas() {
        Change change = planned(plan(site("1")));
        String number = revised(change, bringing("staging", "2.0.0"));

        RITA.runs(() -> process.submit(REQUESTER, number));

        assertThat(changes.find(number).state()).isEqualTo(ChangeState.ASSESS);
    }

    private void assertAltered(ChangeContent content) {
        Change change = planned(plan(site("1")));
        String number = revised(change, content);

        assertThatThrownBy(() -> RITA.runs(() -> process.submit(REQUESTER, number)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Cancel it and begin another");
    }

    private String revised(Change change, ChangeContent content) {
        String number = begin(change).change();
        transaction.executeWithoutResult(status -> RITA.runs(() -> process.revise(REQUESTER, number, "Elsewhere")));
        transaction.executeWithoutResult(
                status -> RITA.runs(() -> process.rewrite(REQUESTER, changes.lock(number), content)));
        return number;
    }

    private ProblemException refusal(Change change, String environment) {
        try {
            begin(change, environment);
        } catch (ProblemException e) {
            return e;
        }
        throw new AssertionError("Not refused in " + environment);
    }

    private Rehearsal begin(Change change) {
        return begin(change, "staging");
    }

    private Rehearsal begin(Change change, String environment) {
        return RITA.does(() -> rehearsals.begin(REQUESTER, change.number(), environment, openNow()));
    }

    /** Begins one, approves it, and lets it run; answers the number of its rollout. */
    private String rehearsed(Change change) {
        String number = begin(change).change();
        THEO.runs(() -> approveTechnically(number));
        String rollout = driver.opened(number);
        driver.settle(rollout);
        return rollout;
    }

    private void approveTechnically(String number) {
        tasks.submit(number, "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound"));
    }

    private Rehearsal only(Change change) {
        List<Rehearsal> found = rehearsals.of(change.number());
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private String insight(Change change) {
        return insights.stream()
                .filter(insight -> insight.field().equals("rehearsals"))
                .findFirst()
                .orElseThrow()
                .about(changes.find(change.number()));
    }

    private Change planned(RolloutPlan plan) {
        return MONA.does(() -> {
            Change change = process.raise(REQUESTER, bringing("dev", "2.0.0"));
            return transaction.execute(status -> {
                planning.write(change, plan);
                return change;
            });
        });
    }

    private ChangeContent bringing(String environment, String version) {
        ChangeContent content = ChangeFixture.content(service, environment, openNow());
        return new ChangeContent(
                content.title(),
                content.description(),
                content.services(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.links(),
                List.of(new Artifact(service, version, "sha256:0123456789abcdef")));
    }

    private static PlannedStep site(String part) {
        return RolloutDriver.step(Stage.DEPLOY_APPLICATION, "Deploy part " + part, "site-${environment}");
    }

    private static PlannedStep check() {
        return RolloutDriver.step(Stage.VERIFY, "Check", "site-${environment}");
    }

    private static Window openNow() {
        return ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1));
    }
}
