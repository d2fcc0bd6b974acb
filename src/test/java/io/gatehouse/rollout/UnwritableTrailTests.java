package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** If the trail cannot be written, no rollout moves: what a tool says waits, and what people want is refused. */
@OnH2
@RolloutTest
class UnwritableTrailTests {

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JdbcTemplate jdbc;

    private String number = "";

    @BeforeEach
    void aStepThatTakesItsTime() {
        number = driver.start(deploySteps(2));
        tools.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
        driver.dispatchOnce();
        jdbc.execute("alter table audit_entry add constraint ck_unwritable check (n < 0) nocheck");
    }

    @AfterEach
    void mend() {
        jdbc.execute("alter table audit_entry drop constraint if exists ck_unwritable");
    }

    @Test
    void whatAToolSaysIsKeptAndAppliedOnceItCanBeWritten() {
        assertThat(callback("msg-" + number)).hasStatus(202);
        driver.dispatchOnce();

        assertThat(rollouts.steps(number).get(0).state()).isEqualTo(StepState.RUNNING);

        mend();

        await().atMost(Duration.ofSeconds(60)).until(() -> {
            driver.dispatchOnce();
            return rollouts.steps(number).get(0).state() == StepState.DONE;
        });
    }

    @Test
    void whatPeopleWantIsRefused() {
        for (String step : new String[] {"pause", "abort", "rollback"}) {
            MvcTestResult answer = mvc.post()
                    .uri("/api/v1/rollouts/" + number + "/" + step)
                    .with(user("rolf").roles("release-manager"))
                    .contentType(MediaType.APPLICATION_JSON)
                    .content("{\"reason\": \"Because\"}")
                    .exchange();

            assertThat(answer).as(step).hasStatus(503);
            assertThat(answer)
                    .bodyJson()
                    .extractingPath("type")
                    .isEqualTo("urn:gatehouse:problem:audit-trail-unwritable");
        }

        assertThat(rollouts.find(number).state()).isEqualTo(RolloutState.RUNNING);
        assertThat(rollouts.find(number).pause()).isNull();
    }

    private MvcTestResult callback(String id) {
        Instant now = Instant.now();
        String body = "{\"key\": \"%s\", \"state\": \"SUCCEEDED\"}".formatted(key());
        return mvc.post()
                .uri("/api/v1/callbacks/tool")
                .header("webhook-id", id)
                .header("webhook-timestamp", now.getEpochSecond())
                .header("webhook-signature", ScriptedTools.SECRET.sign(id, now, body.getBytes(StandardCharsets.UTF_8)))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private String key() {
        return jdbc.queryForObject(
                "select idempotency_key from rollout_command where rollout_id = ? and seq = 1",
                String.class,
                RolloutNumber.idOf(number));
    }
}
