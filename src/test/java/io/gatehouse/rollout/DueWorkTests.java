package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** When the dispatcher has to look again. What others left in the database is put aside and is back after each test. */
@OnH2
@RolloutTest
@Transactional
class DueWorkTests {

    private static final Duration AT_MOST = Duration.ofHours(1);

    @Autowired
    private DueWork work;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private InboxRows inbox;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void nothingWaits() {
        jdbc.sql("update rollout_command set state = 'DONE'").update();
        jdbc.sql("update rollout_stop set state = 'DONE'").update();
        jdbc.sql("update callback_inbox set state = 'IGNORED'").update();
        jdbc.sql("update rollout set state = 'SUCCEEDED'").update();
        assertThat(work.in(AT_MOST)).isEqualTo(AT_MOST);
    }

    @Test
    void aNewCommandIsDueAtOnce() {
        driver.start(RolloutDriver.deploySteps(1));

        assertThat(work.in(AT_MOST)).isZero();
    }

    @Test
    void aCommandThatIsTriedLaterIsDueThen() {
        driver.start(RolloutDriver.deploySteps(1));
        jdbc.sql("update rollout_command set due_at = timestampadd(minute, 10, localtimestamp(6)) where state = 'NEW'")
                .update();

        assertThat(work.in(AT_MOST)).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(work.in(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aCallbackIsDueAtOnce() {
        inbox.insert("tool", "due-work", Sha256.of("{}"), "{}");

        assertThat(work.in(AT_MOST)).isZero();
    }

    @Test
    void aRollbackThatStandsStillIsDueUntilATaskIsGivenOut() {
        String number = driver.start(RolloutDriver.deploySteps(1));
        jdbc.sql("update rollout_command set state = 'DONE'").update();
        jdbc.sql("update rollout_step set state = 'DONE', undo_activity = 'undo'")
                .update();
        jdbc.sql("update rollout set state = 'ROLLING_BACK' where id = :id")
                .param("id", RolloutNumber.idOf(number))
                .update();
        assertThat(work.in(AT_MOST)).isZero();

        jdbc.sql("update rollout_step set state = 'UNDOING'").update();
        assertThat(work.in(AT_MOST)).isEqualTo(AT_MOST);
    }
}
