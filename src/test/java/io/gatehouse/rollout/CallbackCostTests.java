package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.SentStatements;
import io.gatehouse.testing.SentStatements.Sent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/**
 * How many statements a callback costs, commits included: those of its own, from the request to the step that is settled
 * and the process that is woken, and those of what the process then does in the same transaction. The numbers are those of
 * docs/performance.md.
 */
@OnMySql
@RolloutTest
class CallbackCostTests {

    private static final int ITS_OWN = 12;
    private static final int TO_BEGIN_THE_NEXT_STEP = 31;

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

    private String key = "";

    @BeforeEach
    void aToolWorksOnTheFirstOfTwoSteps() {
        jdbc.sql("update callback_inbox set state = 'IGNORED'").update(); // what other tests left
        tellTheTool();
        deliver(); // what is asked once in the life of a connection or a model
        tellTheTool();
    }

    private void tellTheTool() {
        String number = driver.start(RolloutDriver.deploySteps(2));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
        driver.dispatchOnce();
        key = tools.callsOf(number).get(0).key();
    }

    @Test
    void costsTwelveOfItsOwnAndWhatTheProcessThenDoes() {
        List<Sent> sent = SentStatements.withCallers(this::deliver);

        List<Sent> process =
                sent.stream().filter(one -> one.isBelow(RolloutProcess.class)).toList();
        List<Sent> own = sent.stream().filter(one -> !process.contains(one)).toList();
        assertThat(state()).isEqualTo("DONE");
        assertThat(statements(own)).as(() -> list(own)).hasSize(ITS_OWN);
        assertThat(statements(process)).as(() -> list(process)).hasSize(TO_BEGIN_THE_NEXT_STEP);
    }

    @Test
    void costsLessIfItsCommandHasEndedBefore() {
        deliver();

        List<Sent> again = SentStatements.withCallers(this::deliver);

        assertThat(again).noneMatch(one -> one.isBelow(RolloutProcess.class));
        assertThat(statements(again)).as(() -> list(again)).hasSize(7);
    }

    private String state() {
        return jdbc.sql("select state from rollout_command where idempotency_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }

    private void deliver() {
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
        assertThat(inbox.applyDue()).isEqualTo(1);
    }

    /** Several go in one packet. */
    private static List<String> statements(List<Sent> sent) {
        return sent.stream()
                .flatMap(one -> Stream.of(one.sql().split(";")))
                .filter(sql -> !sql.isBlank())
                .toList();
    }

    private static String list(List<Sent> sent) {
        return sent.stream()
                .map(one -> one.sql().replaceAll("\\s+", " ") + "   by "
                        + one.callers().stream()
                                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                                .filter(name -> name.indexOf('$') < 0 && !name.endsWith("Tests"))
                                .distinct()
                                .limit(4)
                                .toList())
                .collect(Collectors.joining("\n", "\n", "\n"));
    }
}
