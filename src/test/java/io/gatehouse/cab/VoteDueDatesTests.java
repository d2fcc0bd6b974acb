package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Whoever has not voted is reminded, and then the chair sees it, while there is still time: however short the vote is. */
@ProcessTest
@OnH2
class VoteDueDatesTests {

    @Autowired
    private Boards boards;

    @Autowired
    private Ballots ballots;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService engineTasks;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private VoteFixture fixture;

    @BeforeEach
    void convene() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        fixture = new VoteFixture(boards, process, tasks, transactions);
        fixture.convene();
    }

    @AfterEach
    void dissolve() {
        fixture.dissolve();
        clock.reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // To the start | it closes after | reminder after | due after
                "P10D    | P3D     | P1D     | P2D",
                "P3D     | P3D     | P1D     | P2D",
                "P2DT12H | P2DT12H | PT18H   | P1DT12H",
                "P2D     | P2D     | PT12H   | P1D",
                "P1DT1H  | P1DT1H  | PT6H15M | PT12H30M",
                "P1D     | P1D     | PT6H    | PT12H",
                "PT12H   | PT12H   | PT3H    | PT6H",
                "PT2H    | PT2H    | PT30M   | PT1H",
                "PT1H    | PT1H    | PT15M   | PT30M",
                "PT10M   | PT1H    | PT15M   | PT30M"
            })
    void remindsAndEscalatesBeforeItCloses(Duration toTheStart, Duration closes, Duration reminder, Duration due) {
        Instant opened = clock.instant();
        Change change = fixture.beforeTheBoard(ChangeFixture.windowIn(opened, toTheStart));

        assertThat(ballots.viewsOf(change.number()).get(0).closesAt()).isEqualTo(opened.plus(closes));
        assertThat(engineTasks
                        .createTaskQuery()
                        .processInstanceBusinessKey(change.number())
                        .taskDefinitionKey("Activity_CastVote")
                        .list())
                .hasSize(5)
                .allSatisfy(task -> {
                    assertThat(after(opened, task.getFollowUpDate())).isEqualTo(reminder);
                    assertThat(after(opened, task.getDueDate())).isEqualTo(due);
                });
    }

    /** To the second: what the engine stores is as exact as the database makes it. */
    private static Duration after(Instant opened, Date date) {
        return Duration.ofSeconds(
                Math.round(Duration.between(opened, date.toInstant()).toMillis() / 1000.0));
    }
}
