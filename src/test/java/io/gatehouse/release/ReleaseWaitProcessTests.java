package io.gatehouse.release;

import static io.gatehouse.release.StageDriver.QUINN;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.verify.Reconciliation;
import io.gatehouse.cab.BoardFixture;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Window;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every path of {@code Release.bpmn} on which a release waits in front of production, or is withdrawn while it waits. */
@ProcessTest
@OnH2
class ReleaseWaitProcessTests {

    private static final String PRODUCTION = StageGate.PRODUCTION;
    private static final String[] WAITS = {"Activity_TestAndDecide", "Gateway_MayEnterOrTooLate"};

    @Autowired
    BeanFactory beans;

    @Autowired
    Releases releases;

    @Autowired
    ProductionChanges productionChanges;

    @Autowired
    Withdrawals withdrawals;

    @Autowired
    Dependencies dependencies;

    @Autowired
    Replanning replanning;

    @Autowired
    GoNoGoDecisions decisions;

    @Autowired
    ScopeChanges scopeChanges;

    @Autowired
    Stages stages;

    @Autowired
    StageEntries entries;

    @Autowired
    Tasks tasks;

    @Autowired
    TaskService asked;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identities;

    @Autowired
    ProcessEngine engine;

    @Autowired
    TestClock clock;

    @Autowired
    DataSource database;

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
    void goesOnByItselfWhenWhatItNeedsIsInProduction() throws SQLException {
        String payments = planned();
        String orders = waiting(payments);
        ProcessInstance instance = instance(orders);
        Release waits = releases.find(orders);
        assertThat(waits.state()).isEqualTo(ReleaseState.WAITING);
        assertThat(waits.progress().waitsFor())
                .startsWith(orders + " needs " + payments + " in production before it enters production, and "
                        + payments + " is PLANNED; ask rolf.");
        assertThat(instance).isWaitingAtExactly(WAITS);
        assertThat(asked.createTaskQuery().processInstanceBusinessKey(orders).count())
                .as("nobody is asked anything")
                .isZero();
        assertThat(decisions.of(orders)).singleElement().satisfies(decision -> {
            assertThat(decision.outcome()).isEqualTo(GoNoGoOutcome.GO);
            assertThat(decision.minutes()).isNotNull();
        });
        assertThat(differences(orders)).isEmpty();

        close(payments);
        enter(orders);

        Release goes = releases.find(orders);
        assertThat(goes.state()).isEqualTo(ReleaseState.DEPLOYING);
        assertThat(goes.progress().waitsFor()).isNull();
        driver.fire(orders, "Release", "Activity_RaiseProductionChange");
        assertThat(releases.find(orders).progress().change()).isNotNull();
        assertThat(instance)
                .hasPassedInOrder(
                        "Activity_DecideGoOrNoGo",
                        "Event_ProductionMayBeEntered",
                        "Activity_EnterProduction",
                        "Activity_RaiseProductionChange")
                .isWaitingAtExactly("Event_ProductionChangeOver");
        assertThat(decisions.of(orders)).as("its go was kept").hasSize(1);
        assertThat(differences(orders)).isEmpty();
    }

    @Test
    void comesBackWithTheReasonWhenItsWindowIsOverFirst() {
        String payments = planned();
        String orders = waiting(payments);
        ProcessInstance instance = instance(orders);

        clock.set(releases.find(orders).content().window().endsAt());
        driver.fire(orders, "Release", "Event_WindowOver");
        enter(orders);

        assertThat(instance).hasPassed("Event_WindowOver").isWaitingAtExactly("Activity_ConfirmPackage");
        Release back = releases.find(orders);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause())
                .startsWith("It could go, but window.endsAt must be in the future; until then: " + orders + " needs "
                        + payments + " in production");
    }

    /** What it needs comes later, then not at all, then is not needed any more. */
    @Test
    void goesOnWaitingAndSaysForWhatAndHowLong() {
        String payments = planned();
        String orders = waiting(payments);

        ROLF.runs(() -> replanning.postpone(payments, days(5), day(5), "The card company is late"));
        enter(orders);
        assertThat(waitsFor(orders)).contains("late by 5 days", "and it needs " + payments + " production");

        ROLF.runs(() -> releases.retirePlanned(payments, "Nobody pays by card"));
        enter(orders);
        assertThat(waitsFor(orders)).contains(payments + " was retired; ask rolf what takes its place");
        assertThat(instance(orders)).isWaitingAtExactly(WAITS);

        long id = dependencies.of(orders).needs().get(0).id();
        ROLF.runs(() -> dependencies.remove(orders, id, "Cash is enough"));
        enter(orders);
        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    /** A stage of the other is enough, if that is what it needs. */
    @Test
    void goesOnWhenWhatItNeedsIsThroughItsStage() {
        String payments = withStage(environment("payments"));
        String orders = planned();
        ROLF.runs(() -> dependencies.add(orders, PRODUCTION, payments, "staging", null));
        goes(orders);
        confirm(payments);
        driver.deploy(payments);
        assertThat(waitsFor(orders)).contains(payments + " to be through staging");

        driver.signOff(QUINN, payments, "PASS");
        enter(orders);

        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    @Test
    void isPreparedAnewWithAnotherPackage() {
        String orders = waiting(planned());
        String scope = RITA.does(() -> scopeChanges.request(
                        orders, List.of(new Artifact("nova", "31.0.1", null)), "A fix that must not wait"))
                .number();
        Stream.of("release-manager", "product-owner").forEach(seat -> new SignedIn("p-" + seat, seat)
                .runs(() -> tasks.submit(
                        scope,
                        ReleaseModel.APPROVE_SCOPE_CHANGE,
                        seat,
                        Map.of("decision", "APPROVE", "reason", "as I see it"))));
        driver.fire(scope, "ScopeChange", "Activity_SettleScopeChange");

        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(waitsFor(orders)).isNull();
        assertThat(instance(orders)).isWaitingAtExactly("Activity_ConfirmPackage");
        confirm(orders);
        assertThat(decisions.of(orders)).as("it is decided about anew").hasSize(2);
    }

    @Test
    void isWithdrawnInFrontOfProduction() throws SQLException {
        String payments = planned();
        String orders = waiting(payments);
        ProcessInstance instance = instance(orders);
        assertThatThrownBy(() -> RITA.runs(() -> withdrawals.withdraw(orders, "I want it")))
                .isInstanceOf(ProblemException.class);

        ROLF.runs(() -> withdrawals.withdraw(orders, "It takes too long"));

        assertThat(instance).hasPassed("Event_ReleaseWithdrawn").isWaitingAtExactly("Activity_ConfirmPackage");
        Release back = releases.find(orders);
        assertThat(back.state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(back.progress().returnedBecause()).isEqualTo("It was withdrawn: It takes too long");
        assertThat(back.content().items()).as("it keeps what it had").hasSize(1);
        assertThat(decisions.of(orders).get(0).outcome())
                .as("what was decided stays on record")
                .isEqualTo(GoNoGoOutcome.GO);
        assertThat(jdbc.queryForList(
                        "select actor from audit_entry where object = ? and action = 'release.Withdrawn'",
                        String.class,
                        orders))
                .hasSize(1);
        assertThat(differences(orders)).isEmpty();
        close(payments);
        assertThat(instance).as("nobody wakes it").isWaitingAtExactly("Activity_ConfirmPackage");
        goes(orders);
        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    @Test
    void isWithdrawnInFrontOfAStageAndGivesItsPlaceUp() {
        String environment = environment("line");
        List<String> line =
                Stream.generate(() -> withStage(environment)).limit(3).toList();
        line.forEach(this::confirm);
        line.forEach(driver::enter);
        String second = line.get(1);
        ProcessInstance instance = instance(second);

        ROLF.runs(() -> withdrawals.withdraw(second, "Others are in more of a hurry"));

        assertThat(instance).hasPassed("Event_ReleaseWithdrawn").isWaitingAtExactly("Activity_ConfirmPackage");
        assertThat(stages.runs(second))
                .extracting(StageRun::outcome, StageRun::reason)
                .containsExactly(tuple(StageRun.Outcome.VOID, "It was withdrawn: Others are in more of a hurry"));
        driver.enter(line.get(2));
        confirm(second);
        driver.enter(second);
        driver.fire(line.get(0), "ReleaseStage", "Activity_RaiseStageChange");
        driver.bringToItsEnd(line.get(0));
        driver.signOff(QUINN, line.get(0), "PASS");
        driver.enter(second);
        assertThat(stages.currentOf(second).waitsFor())
                .isEqualTo(line.get(2) + " is before it in the line for " + environment + ".");
        driver.enter(line.get(2));
        assertThat(stages.currentOf(line.get(2)).heldEnvironment()).isEqualTo(environment);
    }

    @Test
    void isNotWithdrawnUnlessItWaits() {
        String number = withStage(environment("busy"));
        assertThatThrownBy(() -> withdraw(number)).hasMessageContaining("is PLANNED, so there is nothing");
        confirm(number);
        driver.enter(number);
        assertThatThrownBy(() -> withdraw(number)).hasMessageContaining("is in staging already");
        driver.fire(number, "ReleaseStage", "Activity_RaiseStageChange");
        driver.bringToItsEnd(number);
        driver.signOff(QUINN, number, "PASS");
        assertThatThrownBy(() -> withdraw(number)).hasMessageContaining("waits for its seats");
        vote(QUINN, number);
        vote(SASHA, number);
        assertThatThrownBy(() -> withdraw(number)).hasMessageContaining("Cancel the change that carries it");
        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    /** What its seats saw stays as they saw it. */
    @Test
    void isNeitherPutOffNorRetiredWhileItWaits() {
        String orders = waiting(planned());

        assertThatThrownBy(() -> ROLF.runs(() -> replanning.postpone(orders, days(3), day(3), "Late")))
                .hasMessageContaining("Withdraw it, then postpone it");
        assertThatThrownBy(() -> ROLF.runs(() -> releases.retire(orders, "Nobody needs it")))
                .hasMessageContaining("withdraw it, then retire it");
        withdraw(orders);
        ROLF.runs(() -> replanning.postpone(orders, days(3), day(3), "Late"));
        assertThat(releases.find(orders).content().window()).isEqualTo(days(3));
    }

    @Test
    void waitsAgainWhenItsProcessIsDeleted() {
        String payments = planned();
        String orders = waiting(payments);
        InsideTheEngine.run(
                engine, () -> runtime.deleteProcessInstance(instance(orders).getId(), "by mistake"));

        LostProcessesDriver.find(beans);
        enter(orders);
        assertThat(instance(orders)).isWaitingAtExactly(WAITS);
        close(payments);
        enter(orders);

        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.DEPLOYING);
    }

    /** Its diagram asks whether it goes, and takes it back if not. */
    @Test
    void comesBackAtOnceInAProcessThatBeganBeforeReleasesCouldWait() {
        String orders = waiting(planned());

        productionChanges.giveBack(orders);

        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.PREPARING);
        assertThat(releases.find(orders).progress().returnedBecause()).startsWith("It could go, but " + orders);
    }

    /** Nobody there would take it out of where it waits. */
    @Test
    void isNotWithdrawnInAProcessWithoutAWayBack() {
        String orders = waiting(planned());
        jdbc.update(
                "delete from ACT_RU_EVENT_SUBSCR where EVENT_NAME_ = 'release.Withdrawn' and PROC_INST_ID_ = ?",
                instance(orders).getId());

        assertThatThrownBy(() -> withdraw(orders)).hasMessageContaining("without the event \"Release withdrawn\"");

        assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.WAITING);
    }

    /** As a redrawn model would that leaves the seats out. */
    @Test
    void doesNotEnterProductionUndecided() {
        String orders = planned();

        assertThatThrownBy(() -> entries.enterProduction(orders)).hasMessageContaining("is PLANNED and enters nothing");
    }

    /** Whoever is woken has gone already, or goes back all the same. */
    @Test
    void isWithdrawnWhileWhatItNeedsGetsThere() throws Exception {
        for (int round = 0; round < 5; round++) {
            String payments = planned();
            String orders = waiting(payments);

            List<Optional<Throwable>> both = atOnce(() -> close(payments), () -> withdraw(orders));

            assertThat(both).as("round %d", round).allMatch(Optional::isEmpty);
            assertThat(releases.find(payments).state()).isEqualTo(ReleaseState.CLOSED);
            assertThat(releases.find(orders).state()).isEqualTo(ReleaseState.PREPARING);
            assertThat(instance(orders)).isWaitingAtExactly("Activity_ConfirmPackage");
        }
    }

    /** One of both happens, and the process is where the release is. */
    @Test
    void isWithdrawnOrGoesButNotBoth() throws Exception {
        for (int round = 0; round < 5; round++) {
            String payments = planned();
            String orders = waiting(payments);
            close(payments);

            List<Optional<Throwable>> both = atOnce(() -> enter(orders), () -> withdraw(orders));

            assertThat(both).as("round %d", round).filteredOn(Optional::isEmpty).hasSize(1);
            boolean goes = both.get(0).isEmpty();
            assertThat(releases.find(orders).state()).isEqualTo(goes ? ReleaseState.DEPLOYING : ReleaseState.PREPARING);
            assertThat(instance(orders))
                    .isWaitingAtExactly(goes ? "Activity_RaiseProductionChange" : "Activity_ConfirmPackage");
        }
    }

    private static List<Optional<Throwable>> atOnce(Runnable one, Runnable other) throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        CyclicBarrier instant = new CyclicBarrier(2);
        List<Future<Optional<Throwable>>> both = Stream.of(one, other)
                .map(doing -> two.submit(() -> {
                    instant.await(30, TimeUnit.SECONDS);
                    try {
                        doing.run();
                        return Optional.<Throwable>empty();
                    } catch (RuntimeException failed) {
                        return Optional.<Throwable>of(failed);
                    }
                }))
                .toList();
        two.shutdown();
        return List.of(both.get(0).get(60, TimeUnit.SECONDS), both.get(1).get(60, TimeUnit.SECONDS));
    }

    private String planned() {
        return ROLF.does(
                () -> releases.plan(ReleaseFixture.content(clock.instant())).number());
    }

    private String withStage(String environment) {
        ReleaseContent content = ReleaseFixture.content(clock.instant());
        ReleaseStage stage = ReleaseFixture.stage(clock.instant(), "staging", environment);
        return ROLF.does(() -> releases.plan(ReleaseFixture.with(content, content.items(), List.of(stage)))
                .number());
    }

    private String environment(String name) {
        String environment = name + "-" + jdbc.queryForObject("select count(*) from environment", Long.class);
        jdbc.update(
                "insert into environment (environment_key, name, kind, stage_order, production, version)"
                        + " values (?, ?, 'TEST', 1, false, 1)",
                environment,
                environment);
        return environment;
    }

    /** One that its seats let go, but that another one must be in production for. */
    private String waiting(String needs) {
        String number = planned();
        ROLF.runs(() -> dependencies.add(number, PRODUCTION, needs, PRODUCTION, null));
        goes(number);
        return number;
    }

    private void goes(String number) {
        confirm(number);
        vote(QUINN, number);
        vote(SASHA, number);
    }

    private void confirm(String number) {
        ROLF.runs(() -> {
            if (releases.find(number).state() == ReleaseState.PLANNED) {
                releases.start(number);
            }
            tasks.submit(number, ReleaseModel.CONFIRM_PACKAGE, null, Map.of("action", "CONFIRM"));
        });
    }

    private void vote(SignedIn who, String number) {
        who.runs(() ->
                tasks.submit(number, ReleaseModel.VOTE, null, Map.of("vote", "GO", "reason", "that is how I see it")));
    }

    private void withdraw(String number) {
        ROLF.runs(() -> withdrawals.withdraw(number, "It takes too long"));
    }

    private void enter(String number) {
        driver.fire(number, "Release", "Activity_EnterProduction");
    }

    /** As its process does when its change has ended. */
    private void close(String number) {
        jdbc.update(
                "update software_release set state = 'DEPLOYING' where number = ?", number.substring("REL-".length()));
        releases.close(number);
    }

    private @Nullable String waitsFor(String number) {
        return releases.find(number).progress().waitsFor();
    }

    private Window days(int days) {
        return ChangeFixture.windowIn(clock.instant(), Duration.ofDays(days));
    }

    private LocalDate day(int days) {
        return days(days).startsAt().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private ProcessInstance instance(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number, "Release")
                .singleResult();
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
