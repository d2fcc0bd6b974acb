package io.gatehouse.breakglass;

import static io.gatehouse.breakglass.BreakGlassDriver.DELETION;
import static io.gatehouse.breakglass.BreakGlassDriver.RETRIES;
import static io.gatehouse.breakglass.BreakGlassDriver.WINDOW;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.engine.Repair;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Exactly who asked does exactly what was granted, on exactly that process, once, in time, and on record. */
@OnH2
@ProcessTest
class BreakGlassUsesTests extends BreakGlassFixture {

    private static final SignedIn ADAM = new SignedIn("adam", "admin");

    @Autowired
    ProcessEngine engine;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void aJobWithNoRetriesLeftRunsAgain() {
        String change = driver.changeWithFailedJob();
        assertThat(driver.job(change).getRetries()).isZero();
        assertThat(incidents(change)).isOne();
        String number = driver.granted(change, RETRIES);

        driver.use(OSKAR, number, RETRIES);

        assertThat(driver.job(change).getRetries()).isEqualTo(3);
        assertThat(incidents(change)).isZero();
        clock.advance(Duration.ofMinutes(61));
        driver.run(change);
        assertThat(driver.waitsAt(change)).containsExactly("Activity_ImplementChange");
        assertThat(used(number)).singleElement().satisfies(entry -> assertThat(entry)
                .contains(
                        "\"target\":\"" + change + "\"",
                        "\"used\":{\"at\":\"" + WINDOW + "\",\"kind\":\"SET_RETRIES\"}"));
        assertThat(usedBy(number)).containsExactly("oskar");
    }

    @Test
    void nobodyButWhoAskedUsesItAndWhoTriesIsOnRecord() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);

        refused(ROLF, number, RETRIES, "granted to oskar");
        assertThat(driver.lastActor(number)).isEqualTo("rolf");
        refused(new SignedIn("olga", "ops-lead"), number, RETRIES, "granted to oskar");
        assertThat(refusals(number)).hasSize(2).allSatisfy(entry -> assertThat(entry)
                .contains("not-yours"));
        for (SignedIn outsider : List.of(MONA, ADAM, new SignedIn("oskar", "requester"))) {
            assertThatThrownBy(() -> driver.use(outsider, number, RETRIES)).isInstanceOf(ProblemException.class);
        }
        assertThat(driver.job(change).getRetries()).isZero();
    }

    @Test
    void nothingIsDoneBeforeItIsGrantedOrAfterItWasRefused() {
        String change = driver.changeWithFailedJob();
        String number = driver.asked(change, RETRIES);
        refused(OSKAR, number, RETRIES, "is ASKED");

        ROLF.runs(() -> driver.decide(number, "REFUSE"));

        refused(OSKAR, number, RETRIES, "is REFUSED");
        assertThat(driver.job(change).getRetries()).isZero();
    }

    @Test
    void nothingIsDoneFromTheMomentItExpiresThoughNoTimerHasRun() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);

        clock.advance(Duration.ofMinutes(30));

        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
        refused(OSKAR, number, RETRIES, "expired");
        assertThat(driver.job(change).getRetries()).isZero();
    }

    @Test
    void eachActionIsDoneOnce() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES, DELETION);
        driver.use(OSKAR, number, RETRIES);

        refused(OSKAR, number, RETRIES, "was done already");
        driver.use(OSKAR, number, DELETION);
        refused(OSKAR, number, DELETION, "is ENDED");
        assertThat(used(number)).hasSize(2);
    }

    @Test
    void nothingElseIsDoneThanWhatItNames() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);

        refused(OSKAR, number, DELETION, "does not name DELETE_PROCESS");

        assertThat(driver.hasProcess(change)).isTrue();
    }

    @Test
    void noOtherProcessIsTouched() {
        String change = driver.changeWithFailedJob();
        String other = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);

        driver.use(OSKAR, number, RETRIES);

        assertThat(driver.job(other).getRetries()).isZero();
    }

    @Test
    void theEngineItselfStaysClosedToWhoWasGranted() {
        String change = driver.changeWithFailedJob();
        driver.granted(change, RETRIES, DELETION);
        String job = driver.job(change).getId();
        String instance = driver.instance(change).getId();

        assertThatThrownBy(() -> OSKAR.runs(() -> management.setJobRetries(job, 3)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("on record");
        assertThatThrownBy(() -> OSKAR.runs(() -> runtime.deleteProcessInstance(instance, "by hand")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("on record");
        assertThat(driver.job(change).getRetries()).isZero();
    }

    @Test
    void ofManyAtOnceOneHasItsEffect() throws Exception {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES, DELETION);
        ExecutorService nodes = Executors.newFixedThreadPool(4);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Boolean>> tries = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            tries.add(nodes.submit(() -> {
                start.await();
                try {
                    driver.use(OSKAR, number, RETRIES);
                    return true;
                } catch (ProblemException e) {
                    assertThat(e).hasMessageContaining("was done already");
                    return false;
                }
            }));
        }
        start.countDown();
        int effects = 0;
        for (Future<Boolean> each : tries) {
            effects += each.get() ? 1 : 0;
        }
        nodes.shutdownNow();

        assertThat(effects).isOne();
        assertThat(used(number)).hasSize(1);
        assertThat(refusals(number)).hasSize(3);
        assertThat(driver.job(change).getRetries()).isEqualTo(3);
    }

    @Test
    void whatIsNotCommittedHasNoEffectIsNotSpentAndIsNotRecorded() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);

        transactions.executeWithoutResult(transaction -> {
            driver.use(OSKAR, number, RETRIES);
            // As when the node is killed before its commit.
            transaction.setRollbackOnly();
        });

        assertThat(driver.job(change).getRetries()).isZero();
        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
        assertThat(used(number)).isEmpty();
        driver.use(OSKAR, number, RETRIES);
        assertThat(used(number)).hasSize(1);
    }

    @Test
    void nothingIsDoneThatCannotBeWrittenDown() {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);
        jdbc.update("update audit_head set n = n - 1");
        try {
            assertThatThrownBy(() -> driver.use(OSKAR, number, RETRIES)).isInstanceOf(RuntimeException.class);
        } finally {
            jdbc.update("update audit_head set n = n + 1");
        }

        assertThat(driver.job(change).getRetries()).isZero();
        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
    }

    @Test
    void whatFailsIsUndoneNotSpentAndOnRecord() {
        String change = driver.scheduledChange();
        String number = driver.granted(change, RETRIES);

        refused(OSKAR, number, RETRIES, "has no failed job");

        assertThat(driver.stateOf(number)).isEqualTo(State.GRANTED);
        assertThat(used(number)).isEmpty();
        assertThat(refusals(number)).singleElement().asString().contains("nothing-to-repair");
    }

    @Test
    void aTokenIsMovedAndWhatFollowsIsDecidedAfresh() {
        String change = driver.scheduledChange();
        Repair move = new Repair(Repair.Kind.MOVE_TOKEN, WINDOW, "Activity_StartImplementation", null, null);
        String number = driver.granted(change, move);

        driver.use(OSKAR, number, move);

        // The window is not open yet, so it waits for it again.
        assertThat(driver.waitsAt(change)).containsExactly(WINDOW);
    }

    @Test
    void aMoveIsUndoneWhenWhatFollowsFails() {
        String change = driver.scheduledChange();
        Repair move = new Repair(Repair.Kind.MOVE_TOKEN, WINDOW, "Activity_StartImplementation", null, null);
        String number = driver.granted(change, move);
        long id = Long.parseLong(change.substring(4));
        jdbc.update("update change_request set state = 'BROKEN' where id = ?", id);

        refused(OSKAR, number, move, "Nothing has changed");

        jdbc.update("update change_request set state = 'SCHEDULED' where id = ?", id);
        assertThat(driver.waitsAt(change)).containsExactly(WINDOW);
        assertThat(used(number)).isEmpty();
    }

    @Test
    void aFailedJobIsDeletedAndItsTokenStays() {
        String change = driver.changeWithFailedJob();
        Repair deletion = new Repair(Repair.Kind.DELETE_JOB, WINDOW, null, null, null);

        driver.use(OSKAR, driver.granted(change, deletion), deletion);

        assertThat(driver.job(change)).isNull();
        assertThat(driver.waitsAt(change)).containsExactly(WINDOW);
    }

    @Test
    void aProcessIsDeletedAndTheHistorySaysByWhichOverride() {
        String change = driver.change();
        String instance = driver.instance(change).getId();
        String number = driver.granted(change, DELETION);

        driver.use(OSKAR, number, DELETION);

        assertThat(driver.hasProcess(change)).isFalse();
        assertThat(history.createHistoricProcessInstanceQuery()
                        .processInstanceId(instance)
                        .singleResult()
                        .getDeleteReason())
                .isEqualTo(number);
    }

    @Test
    void aWordIsEditedButNotWhatAProcessIsAbout() {
        String change = driver.scheduledChange();
        String instance = driver.instance(change).getId();
        InsideTheEngine.run(engine, () -> runtime.setVariable(instance, "outcome", "TOO_EARLY"));
        Repair edit = new Repair(Repair.Kind.SET_VARIABLE, null, null, "outcome", "ON_HOLD");
        Repair another = new Repair(Repair.Kind.SET_VARIABLE, null, null, "changeNumber", "CHG-000001");
        Repair unknown = new Repair(Repair.Kind.SET_VARIABLE, null, null, "approved", "true");

        String number = driver.granted(change, edit);
        driver.use(OSKAR, number, edit);
        refused(OSKAR, driver.granted(change, another), another, "what the process is about");
        refused(OSKAR, driver.granted(change, unknown), unknown, "that exists");

        assertThat(runtime.getVariable(instance, "outcome")).isEqualTo("ON_HOLD");
        assertThat(runtime.getVariable(instance, "changeNumber")).isEqualTo(change);
        assertThat(used(number)).singleElement().asString().doesNotContain("ON_HOLD");
    }

    @Test
    void aProcessOfTheLatestVersionIsNotMigrated() {
        Repair migration = new Repair(Repair.Kind.MIGRATE, null, "1", null, null);

        refused(OSKAR, driver.granted(driver.scheduledChange(), migration), migration, "latest version");
    }

    @ParameterizedTest
    @CsvSource({
        "SET_RETRIES,,,,",
        "SET_RETRIES,Activity_A,Activity_B,,",
        "MOVE_TOKEN,Activity_A,,,",
        "MOVE_TOKEN,Activity_A,Activity_A,,",
        "SET_VARIABLE,,,approved,",
        "DELETE_JOB,,,,",
        "DELETE_PROCESS,Activity_A,,,",
        "MOVE_TOKEN,Activity_A,2,,",
        "MIGRATE,,,,",
        "MIGRATE,,Activity_A,,",
        "MIGRATE,,0,,",
        "MIGRATE,,,approved,true",
    })
    void anAskThatDoesNotSayExactlyWhatIsRefused(
            Repair.Kind kind, String at, String to, String variable, String value) {
        String change = driver.scheduledChange();

        assertThatThrownBy(() -> driver.asked(change, new Repair(kind, at, to, variable, value)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void anAskIsAboutAProcessUnderWayThatIsNoBreakGlass() {
        String number = driver.asked(driver.scheduledChange(), RETRIES);

        assertThatThrownBy(() -> driver.asked("CHG-999999", RETRIES)).hasMessageContaining("No process of CHG-999999");
        assertThatThrownBy(() -> driver.asked(number, DELETION))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                                refusal.problem().fields())
                        .singleElement()
                        .satisfies(field -> assertThat(field.field()).isEqualTo("target")));
        assertThatThrownBy(() -> driver.asked(driver.scheduledChange(), RETRIES, RETRIES))
                .isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT-1S", "PT1H1S", "P1D"})
    void anAskIsForTheNextHourAtMost(Duration time) {
        String change = driver.scheduledChange();
        Instant end = clock.instant().plus(time);

        assertThatThrownBy(() -> OSKAR.runs(() -> breakGlasses.ask(change, List.of(RETRIES), "x", "INC-1", end)))
                .isInstanceOf(ProblemException.class);
    }

    private void refused(SignedIn person, String number, Repair repair, String sentence) {
        long before = refusals(number).size();
        assertThatThrownBy(() -> driver.use(person, number, repair))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(sentence);
        assertThat(refusals(number)).hasSize((int) before + 1);
    }

    private long incidents(String change) {
        return runtime.createIncidentQuery()
                .processInstanceId(driver.instance(change).getId())
                .count();
    }

    private List<String> used(String number) {
        return entries("payload", number, "breakglass.Used");
    }

    private List<String> usedBy(String number) {
        return entries(TrailNames.ACTOR, number, "breakglass.Used");
    }

    private List<String> refusals(String number) {
        return entries("payload", number, "breakglass.UseRefused");
    }

    private List<String> entries(String column, String number, String action) {
        return jdbc.queryForList(
                "select " + column + " from audit_entry where object = ? and action = ? order by n",
                String.class,
                number,
                action);
    }
}
