package io.gatehouse.engine;

import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.Set;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Processes of changes from which somebody has deleted rows by hand. */
@ProcessTest
@OnH2
class StrandedProcessesTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    private StrandedProcesses stranded;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void areThoseWhoseTaskIsGone() {
        String number = submitted();
        String other = submitted();

        jdbc.update(
                "delete from ACT_RU_IDENTITYLINK where TASK_ID_ in (select ID_ from ACT_RU_TASK where PROC_INST_ID_ = ?)",
                processOf(number));
        jdbc.update("delete from ACT_RU_TASK where PROC_INST_ID_ = ?", processOf(number));

        assertThat(stranded.find()).contains(number + " at Activity_ReviewTechnically");
        assertThat(stranded.find()).noneMatch(where -> where.startsWith(other));
    }

    @Test
    void areNotThoseThatAreHeld() {
        String number = submitted();

        process.hold(REQUESTER, number, "Supplier is out");

        assertThat(stranded.find()).noneMatch(where -> where.startsWith(number));
    }

    private String submitted() {
        String number = process.raise(
                        REQUESTER,
                        ChangeFixture.content(
                                "oslo-config", "dev", ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1))))
                .number();
        return RITA.does(() -> process.submit(REQUESTER, number).number());
    }

    private String processOf(String number) {
        return runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
    }
}
