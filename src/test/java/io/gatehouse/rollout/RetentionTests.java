package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@OnH2
@RolloutTest
class RetentionTests {

    private static final Instant NOW = Instant.now();

    @Autowired
    private Retention retention;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private LogRows logs;

    @Autowired
    private CommandRows commands;

    @Autowired
    private JdbcTemplate jdbc;

    private final String source = "tool-" + UUID.randomUUID();

    /** Else rows of other tests, all of them new, would be the oldest ones. */
    @BeforeEach
    void nothingOlder() {
        jdbc.update("delete from callback_inbox");
        jdbc.update("delete from rollout_log");
    }

    @Test
    void forgetsCallbacksThatAreOldAndWereDealtWith() {
        deliver(1201, Duration.ofDays(91), CallbackState.APPLIED);
        deliver(1, Duration.ofDays(91), CallbackState.DEAD);
        deliver(1, Duration.ofDays(91), CallbackState.RECEIVED);
        deliver(2, Duration.ofDays(89), CallbackState.IGNORED);

        retention.forgetOld();

        assertThat(jdbc.queryForList(
                        "select state from callback_inbox where source = ? order by id", String.class, source))
                .containsExactly("RECEIVED", "IGNORED", "IGNORED");
    }

    @Test
    void forgetsOldLogsAndKeepsTheLedger() {
        String number = driver.start(deploySteps(1));
        long id = rollouts.find(number).id();
        Command command = commands.list(id, 1).get(0);
        logs.append(command, "old");
        jdbc.update(
                "update rollout_log set logged_at = ? where command_id = ?",
                UtcColumn.of(NOW.minus(Duration.ofDays(366))),
                command.id());
        logs.append(command, "new");

        retention.forgetOld();

        assertThat(logs.list(id, 1, 0, 10)).extracting(StepLog::output).containsExactly("new");
        assertThat(rollouts.steps(number)).hasSize(1);
    }

    private void deliver(int count, Duration ago, CallbackState state) {
        List<Object[]> rows = new ArrayList<>();
        IntStream.range(0, count).forEach(i -> {
            String id = UUID.randomUUID().toString();
            rows.add(new Object[] {
                source, id, Sha256.of(id), Sha256.of(""), "", state.name(), UtcColumn.of(NOW.minus(ago))
            });
        });
        jdbc.batchUpdate(
                """
                insert into callback_inbox (source, delivery_id, delivery_sha256, body_sha256, body, state, note, tries,
                    received_at, due_at)
                values (?, ?, ?, ?, ?, ?, '', 0, ?, timestamp '3000-01-01 00:00:00')""",
                rows);
    }
}
