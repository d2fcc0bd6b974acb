package io.gatehouse.release;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.release.train.Milestone;
import io.gatehouse.release.train.MilestoneKind;
import io.gatehouse.release.train.Schedule;
import io.gatehouse.release.train.TrainContent;
import io.gatehouse.release.train.Trains;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Every path of {@code ScopeChange.bpmn}, and of {@code Release.bpmn} when its scope is changed. */
@ProcessTest
@OnH2
class ScopeChangeProcessTests {

    private static final SignedIn PETRA = new SignedIn("petra", "product-owner");
    private static final SignedIn RUTH = new SignedIn("ruth", "release-manager");
    private static final List<Artifact> WANTED = List.of(new Artifact("nova", "31.0.1", null));

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    ScopeChanges scopeChanges;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    Stages stages;

    @Autowired
    Trains trains;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identities;

    @Autowired
    ProcessEngine engine;

    @Autowired
    TestClock clock;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcTemplate jdbc;

    private StageDriver driver;

    @BeforeEach
    void begin() {
        AbstractAssertions.init(engine);
        driver = new StageDriver(beans);
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
    void hasTheOtherPackageDecidedAboutAnew() {
        String number = confirmed();
        vote(QUINN, number);

        String scope = requested(number);
        decide(RUTH, scope, "APPROVE");
        assertThat(readiness(number)).isEqualTo(scope + " would change the package, and is not decided");
        decide(PETRA, scope, "APPROVE");
        settle(scope);

        Release changed = releases.find(number);
        assertThat(changed.content().items()).isEqualTo(WANTED);
        assertThat(changed.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(changed.progress().returnedBecause())
                .isEqualTo(scope + " has changed its scope: A fix that must not wait");
        assertThat(changed.authors()).as("who asked for it has written it").contains("rita");
        assertThat(instance(number)).isWaitingAtExactly("Activity_ConfirmPackage");
        GoNoGo decision = decisions.of(number).get(0);
        assertThat(decision.outcome()).isEqualTo(GoNoGoOutcome.NO_GO);
        assertThat(decision.minutes()).as("who had voted stays on record").isNotNull();
        assertThat(scopeChanges.get(scope).state()).isEqualTo(ScopeChange.State.APPLIED);
    }

    @Test
    void takesItOutOfItsStageAndGivesUpTheChangeThere() {
        String environment = environment();
        String number = confirmed(ReleaseFixture.stage(clock.instant(), "staging", environment));
        Change change = driver.raise(number);

        String scope = requested(number);
        decide(PETRA, scope, "APPROVE");
        decide(RUTH, scope, "APPROVE");
        settle(scope);

        assertThat(stages.runs(number)).singleElement().satisfies(run -> {
            assertThat(run.outcome()).isEqualTo(StageRun.Outcome.VOID);
            assertThat(run.heldEnvironment()).isNull();
        });
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.CANCELED);
        assertThat(instance(number)).isWaitingAtExactly("Activity_ConfirmPackage");
    }

    @Test
    void isRejectedByTheFirstWhoIsAgainstIt() {
        String number = confirmed();
        String scope = requested(number);
        ProcessInstance process = process(scope);

        decide(PETRA, scope, "REJECT");
        settle(scope);

        assertThat(process).isEnded().hasPassed("Event_ScopeChangeSettled");
        assertThat(scopeChanges.get(scope).state()).isEqualTo(ScopeChange.State.REJECTED);
        assertThat(scopeChanges.get(scope).endedBecause()).isEqualTo("product-owner: as I see it");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DECIDING);
    }

    @Test
    void isWithdrawnByWhoAskedForIt() {
        String number = confirmed();
        String scope = requested(number);
        ProcessInstance process = process(scope);
        assertThatThrownBy(() -> ROLF.runs(() -> scopeChanges.withdraw(scope, "no")))
                .hasMessageContaining("Only whoever asked");

        RITA.runs(() -> scopeChanges.withdraw(scope, "It can wait"));

        assertThat(process).isEnded().hasPassed("Event_NothingLeftToDecide");
        assertThat(scopeChanges.get(scope).state()).isEqualTo(ScopeChange.State.WITHDRAWN);
        assertThat(requested(number)).as("another can be asked for").isNotEqualTo(scope);
    }

    @Test
    void comesTooLateOnceItGoesIntoProduction() {
        String number = confirmed();
        String scope = requested(number);
        vote(QUINN, number);
        vote(SASHA, number);
        decide(PETRA, scope, "APPROVE");
        decide(RUTH, scope, "APPROVE");

        settle(scope);

        assertThat(scopeChanges.get(scope).state()).isEqualTo(ScopeChange.State.TOO_LATE);
        assertThat(scopeChanges.get(scope).endedBecause()).isEqualTo(number + " is DEPLOYING.");
        assertThat(releases.find(number).content().items()).isNotEqualTo(WANTED);
        assertThatThrownBy(() -> requested(number)).hasMessageContaining("is DEPLOYING");
    }

    @Test
    void isApprovedByTwoPeopleWhoDidNotAskForIt() {
        String number = confirmed();
        SignedIn both = new SignedIn("bo", "product-owner", "release-manager");
        String scope = both.does(() -> scopeChanges.request(number, WANTED, "A fix that must not wait"))
                .number();
        assertThatThrownBy(() -> decide(both, scope, "product-owner", "APPROVE"))
                .hasMessageContaining("You have asked for it");
        SignedIn two = new SignedIn("tom", "product-owner", "release-manager");

        decide(two, scope, "product-owner", "APPROVE");

        assertThatThrownBy(() -> decide(two, scope, "release-manager", "APPROVE"))
                .hasMessageContaining("a person fills one seat");
        assertThatThrownBy(() -> transactions.executeWithoutResult(status -> scopeChanges.settle(scope)))
                .as("as a redrawn model would")
                .hasMessageContaining("still deciding");
    }

    @Test
    void isAskedForOncePerReleaseAndNotForWhatItHas() {
        String number = confirmed();
        requested(number);

        assertThatThrownBy(() -> requested(number)).hasMessageContaining("is open");
        List<Artifact> items = releases.find(number).content().items();
        assertThatThrownBy(() -> RITA.runs(() -> scopeChanges.request(number, items, "why")))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> RITA.runs(
                        () -> scopeChanges.request(number, List.of(new Artifact("nobody", "1", null)), "why")))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void isNotNeededWhileThePackageIsPutTogether() {
        String number = started(null);

        assertThatThrownBy(() -> requested(number)).hasMessageContaining("can be written anew: PUT");
    }

    @Test
    void isNeededAfterTheCutOffOfItsTrain() {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        train(
                "scope-late",
                new Milestone("cut", MilestoneKind.CUT_OFF, null, null, today.minusDays(3), today.minusDays(1)));
        train("scope-today", new Milestone("cut", MilestoneKind.CUT_OFF, null, null, today.minusDays(3), today));
        train(
                "scope-other",
                new Milestone("cut", MilestoneKind.CUT_OFF, "keystone", null, today.minusDays(3), today.minusDays(1)));
        String late = started("scope-late");

        assertThatThrownBy(() -> rewrite(late))
                .hasMessageContaining("the cut-off cut of its train was on " + today.minusDays(1));
        rewrite(started("scope-today"));
        rewrite(started("scope-other"));

        String scope = requested(late);
        decide(PETRA, scope, "APPROVE");
        decide(RUTH, scope, "APPROVE");
        settle(scope);
        assertThat(releases.find(late).content().items()).isEqualTo(WANTED);
        assertThat(instance(late)).isWaitingAtExactly("Activity_ConfirmPackage");
    }

    @Test
    void isAskedAgainWhenItsProcessIsDeleted() {
        String number = confirmed();
        String scope = requested(number);
        decide(PETRA, scope, "APPROVE");
        InsideTheEngine.run(
                engine, () -> runtime.deleteProcessInstance(process(scope).getId(), "by mistake"));

        LostProcessesDriver.find(beans);
        decide(RUTH, scope, "APPROVE");
        InsideTheEngine.run(
                engine, () -> runtime.deleteProcessInstance(process(scope).getId(), "by mistake"));
        LostProcessesDriver.find(beans);

        assertThat(scopeChanges.get(scope).state()).isEqualTo(ScopeChange.State.APPLIED);
    }

    private void train(String key, Milestone milestone) {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (trains.find(key).isEmpty()) {
            ROLF.runs(() -> trains.put(
                    key,
                    new TrainContent(
                            key, null, new Schedule(today.minusDays(9), today.plusDays(9), List.of(milestone))),
                    Precondition.parse(null, "*")));
        }
    }

    private void rewrite(String number) {
        ROLF.runs(() -> releases.rewrite(
                number, releases.find(number).content().withItems(WANTED), Precondition.parse("*", null)));
    }

    private String environment() {
        String environment = "scope-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        return environment;
    }

    private String started(@Nullable String train, ReleaseStage... wanted) {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        ReleaseContent staged = ReleaseFixture.with(content, content.items(), List.of(wanted));
        return ROLF.does(() -> releases.start(
                        releases.plan(ReleaseFixture.onTrain(staged, train)).number())
                .number());
    }

    private String confirmed(ReleaseStage... wanted) {
        String number = started(null, wanted);
        ROLF.runs(() -> tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM")));
        return number;
    }

    private String requested(String number) {
        return RITA.does(() -> scopeChanges.request(number, WANTED, "A fix that must not wait"))
                .number();
    }

    private void decide(SignedIn who, String scope, String decision) {
        decide(who, scope, who.groups()[0], decision);
    }

    private void decide(SignedIn who, String scope, String seat, String decision) {
        who.runs(() -> tasks.submit(
                scope, ReleaseModel.APPROVE_SCOPE_CHANGE, seat, Map.of("decision", decision, "reason", "as I see it")));
    }

    private void settle(String scope) {
        driver.fire(scope, "ScopeChange", "Activity_SettleScopeChange");
    }

    private void vote(SignedIn who, String number) {
        who.runs(() ->
                tasks.submit(number, ReleaseModel.VOTE, null, Map.of("vote", "GO", "reason", "that is how I see it")));
    }

    private String readiness(String number) {
        return decisions.readinessOf(number).items().stream()
                .filter(item -> item.criterion().equals("scope-settled"))
                .findFirst()
                .orElseThrow()
                .sentence();
    }

    private ProcessInstance instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number, "Release")
                .singleResult();
    }

    private ProcessInstance process(String scope) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(scope, "ScopeChange")
                .singleResult();
    }
}
