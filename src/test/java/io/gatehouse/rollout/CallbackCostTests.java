package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnMySql;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.annotation.Transactional;

/**
 * How many statements a callback costs, its two commits included: one that changes nothing, and one that ends a step, with
 * which the process goes on to the next in the same transaction.
 */
@OnMySql
@RolloutTest
@Transactional
class CallbackCostTests {

    private static final long ALONE = 12;
    private static final long WITH_THE_NEXT_STEP = 45;

    /** Of taking it in and of applying it. */
    private static final long COMMITS = 2;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private CallbackInbox inbox;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvcTester mvc;

    @Test
    void costsAtMostTwelveStatementsByItself() {
        jdbc.sql("update callback_inbox set state = 'IGNORED'").update(); // what other tests left
        String number = driver.start(RolloutDriver.deploySteps(2));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
        driver.dispatchOnce();
        String key = tools.callsOf(number).get(0).key();

        long before = statements();
        deliver(key);
        long first = statements() - before;
        assertThat(state(key)).isEqualTo("DONE");
        deliver(key);
        long again = statements() - before - first;

        assertThat(first + COMMITS).isBetween(ALONE, WITH_THE_NEXT_STEP);
        assertThat(again + COMMITS).isBetween(5L, ALONE);
    }

    private String state(String key) {
        return jdbc.sql("select state from rollout_command where idempotency_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }

    private void deliver(String key) {
        String id = "msg_" + UUID.randomUUID();
        String body = "{\"key\": \"%s\", \"state\": \"SUCCEEDED\"}".formatted(key);
        Instant now = Instant.now();
        mvc.post()
                .uri("/api/v1/callbacks/tool")
                .header("webhook-id", id)
                .header("webhook-timestamp", now.getEpochSecond())
                .header("webhook-signature", ScriptedTools.SECRET.sign(id, now, body.getBytes(StandardCharsets.UTF_8)))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .assertThat()
                .hasStatus(202);
        inbox.applyDue();
    }

    /** Of this session: one transaction around everything keeps it on one connection, whose commits it leaves out. */
    private long statements() {
        AtomicLong sum = new AtomicLong();
        jdbc.sql("show session status where variable_name in ('Com_select', 'Com_insert', 'Com_update', 'Com_delete')")
                .query(row -> {
                    sum.addAndGet(row.getLong(2));
                });
        return sum.get();
    }
}
