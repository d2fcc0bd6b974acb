package io.gatehouse.breakglass;

import static io.gatehouse.breakglass.BreakGlassDriver.RETRIES;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import io.gatehouse.breakglass.BreakGlass.EndReason;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.engine.LostProcessesDriver;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Overrides whose process somebody has deleted from the engine. */
@OnH2
@ProcessTest
class LostBreakGlassesTests extends BreakGlassFixture {

    /** How somebody deletes a process past the product. */
    enum Deletion {
        CALL,
        SQL
    }

    @Autowired
    BeanFactory beans;

    @Autowired
    ProcessEngine engine;

    @Autowired
    RuntimeService runtime;

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void leavesThoseAloneThatHaveTheirProcessOrHaveEnded() {
        String change = driver.scheduledChange();
        String asked = driver.asked(change, RETRIES);
        String granted = driver.granted(change, RETRIES);
        String withdrawn = driver.asked(change, RETRIES);
        OSKAR.runs(() -> breakGlasses.end(withdrawn));
        String reviewed = driver.granted(change, RETRIES);
        OSKAR.runs(() -> breakGlasses.end(reviewed));
        MONA.runs(() -> driver.review(reviewed));

        LostProcessesDriver.find(beans);

        assertThat(List.of(asked, granted, withdrawn, reviewed))
                .extracting(driver::stateOf)
                .containsExactly(State.ASKED, State.GRANTED, State.WITHDRAWN, State.REVIEWED);
        assertThat(List.of(asked, granted, withdrawn, reviewed))
                .allSatisfy(number -> assertThat(driver.trail(number)).doesNotContain("breakglass.ProcessLost"));
        assertThat(driver.hasProcess(withdrawn)).isFalse();
        assertThat(driver.hasProcess(reviewed)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anAskThatNobodyCanAnswerLapses(Deletion deletion) {
        String number = driver.asked(driver.changeWithFailedJob(), RETRIES);
        delete(number, deletion);
        assertThatThrownBy(() -> ROLF.runs(() -> driver.decide(number, "GRANT")))
                .isInstanceOf(ProblemException.class);

        LostProcessesDriver.find(beans);
        LostProcessesDriver.find(beans);

        assertThat(driver.stateOf(number)).isEqualTo(State.LAPSED);
        assertThat(driver.hasProcess(number)).isFalse();
        assertThat(driver.trail(number))
                .containsExactly("breakglass.Asked", "breakglass.ProcessLost", "breakglass.Lapsed");
    }

    @ParameterizedTest
    @EnumSource
    void whatWasGrantedIsOverAtOnceAndReviewed(Deletion deletion) {
        String change = driver.changeWithFailedJob();
        String number = driver.granted(change, RETRIES);
        delete(number, deletion);

        LostProcessesDriver.find(beans);
        LostProcessesDriver.find(beans);

        assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);
        assertThat(breakGlasses.find(number).endedBecause()).isEqualTo(EndReason.PROCESS_LOST);
        assertThatThrownBy(() -> driver.use(OSKAR, number, RETRIES)).hasMessageContaining("is ENDED");
        assertThat(driver.job(change).getRetries()).isZero();
        assertThatThrownBy(() -> OSKAR.runs(() -> driver.review(number))).isInstanceOf(ProblemException.class);

        MONA.runs(() -> driver.review(number));

        assertThat(driver.stateOf(number)).isEqualTo(State.REVIEWED);
        assertThat(driver.hasProcess(number)).isFalse();
        assertThat(driver.trail(number))
                .startsWith("breakglass.Asked", "breakglass.Granted", "breakglass.ProcessLost", "breakglass.Ended")
                .endsWith("breakglass.Reviewed")
                .containsOnlyOnce("breakglass.ProcessLost", "breakglass.Ended");
    }

    @ParameterizedTest
    @EnumSource
    void theReviewIsAskedForAgain(Deletion deletion) {
        String number = driver.granted(driver.scheduledChange(), RETRIES);
        SASHA.runs(() -> breakGlasses.end(number));
        delete(number, deletion);

        LostProcessesDriver.find(beans);
        assertThat(driver.waitsAt(number)).containsExactly("Activity_ReviewBreakGlass");
        MONA.runs(() -> driver.review(number));

        assertThat(driver.stateOf(number)).isEqualTo(State.REVIEWED);
        assertThat(breakGlasses.find(number).endedBecause()).isEqualTo(EndReason.ENDED_EARLY);
    }

    @Test
    void isEndedByPeopleBeforeItIsFoundAndReviewedAllTheSame() {
        String number = driver.granted(driver.scheduledChange(), RETRIES);
        delete(number, Deletion.SQL);

        OSKAR.runs(() -> breakGlasses.end(number));
        assertThat(driver.stateOf(number)).isEqualTo(State.ENDED);

        LostProcessesDriver.find(beans);
        MONA.runs(() -> driver.review(number));
        assertThat(driver.stateOf(number)).isEqualTo(State.REVIEWED);
    }

    @Test
    void whatIsSpentBeforeItIsFoundIsReviewedAllTheSame() {
        String number = driver.granted(driver.changeWithFailedJob(), RETRIES);
        delete(number, Deletion.SQL);

        driver.use(OSKAR, number, RETRIES);
        assertThat(breakGlasses.find(number).endedBecause()).isEqualTo(EndReason.SPENT);

        LostProcessesDriver.find(beans);
        MONA.runs(() -> driver.review(number));
        assertThat(driver.stateOf(number)).isEqualTo(State.REVIEWED);
    }

    @Test
    void isFoundOnceByNodesThatLookAtTheSameTime() throws Exception {
        String number = driver.granted(driver.scheduledChange(), RETRIES);
        delete(number, Deletion.CALL);
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<? extends Future<?>> looks = Stream.generate(() -> nodes.submit(() -> LostProcessesDriver.find(beans)))
                    .limit(3)
                    .toList();
            for (Future<?> look : looks) {
                look.get();
            }
        } finally {
            nodes.shutdownNow();
        }

        assertThat(driver.trail(number)).containsOnlyOnce("breakglass.ProcessLost");
        assertThat(driver.waitsAt(number)).containsExactly("Activity_ReviewBreakGlass");
    }

    private void delete(String number, Deletion deletion) {
        String instance = driver.instance(number).getId();
        if (deletion == Deletion.CALL) {
            InsideTheEngine.run(engine, () -> runtime.deleteProcessInstance(instance, "by mistake"));
            return;
        }
        jdbc.update(
                "delete from ACT_RU_IDENTITYLINK where TASK_ID_ in"
                        + " (select ID_ from ACT_RU_TASK where PROC_INST_ID_ = ?)",
                instance);
        for (String table : List.of("ACT_RU_TASK", "ACT_RU_EVENT_SUBSCR", "ACT_RU_VARIABLE")) {
            jdbc.update("delete from " + table + " where PROC_INST_ID_ = ?", instance);
        }
        jdbc.update("delete from ACT_RU_JOB where PROCESS_INSTANCE_ID_ = ?", instance);
        jdbc.update("delete from ACT_RU_EXECUTION where PROC_INST_ID_ = ? and PARENT_ID_ is not null", instance);
        jdbc.update("delete from ACT_RU_EXECUTION where ID_ = ?", instance);
    }
}
