package io.gatehouse.rollout.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.OutboundProperties;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.secret.SecretUnreadable;
import io.gatehouse.secret.StoredSecrets;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.unit.DataSize;

/** A connector whose stored secrets cannot be used calls nobody and says which. */
@ProcessTest
@OnH2
class ToolSecretsTests {

    private static final String GIVEN = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Autowired
    private StoredSecrets stored;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void thatAreMissingLeaveTheToolUncalled() {
        WebhookConnector connector = connector("stored:nowhere", Map.of());

        assertThat(connector.call(call()))
                .isEqualTo(
                        ConnectorAnswer.notReached(
                                "The tool was not called: There is no stored secret 'nowhere'; put it at /api/v1/secrets/nowhere."));
        assertThat(connector.ask(call(), null).outcome()).isEqualTo(ConnectorAnswer.Outcome.NOT_REACHED);
        assertThatThrownBy(connector::callbackSecrets).isInstanceOf(SecretUnreadable.class);
    }

    @Test
    void whoseKeyIsMissingLeaveTheToolUncalled() {
        jdbc.update(
                "insert into secret (secret_name, version, key_id, nonce, ciphertext, changed_by, changed_at)"
                        + " values ('locked', 1, 'gone', ?, ?, 'adam', current_timestamp)",
                new byte[12],
                new byte[30]);

        ConnectorAnswer answer =
                connector(GIVEN, Map.of("Authorization", "stored:locked")).call(call());

        assertThat(answer.outcome()).isEqualTo(ConnectorAnswer.Outcome.NOT_REACHED);
        assertThat(answer.detail()).contains("'locked' is encrypted with the key 'gone'");
    }

    @Test
    void areNamedForTheListOfSecrets() {
        assertThat(connector("stored:a", Map.of("X-Team", "web", "Authorization", "stored:b"))
                        .storedSecrets())
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void thatHaveNoNameKeepGatehouseFromStarting() {
        assertThatThrownBy(() -> connector("stored:No Name", Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the name of a stored secret must be 1 to 64");
    }

    private WebhookConnector connector(String secret, Map<String, String> headers) {
        return new WebhookConnector(
                "tool",
                new WebhookSettings(
                        "http://127.0.0.1:1/deploy",
                        secret,
                        Map.of(),
                        headers,
                        "http://127.0.0.1:1/status",
                        null,
                        Duration.ofMillis(500),
                        Duration.ofMillis(500),
                        DataSize.ofBytes(1000),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        AfterCrash.QUERYABLE),
                stored::text,
                new ToolAddresses(
                        new OutboundProperties(List.of(), List.of("127.0.0.0/8")), SystemDefaultDnsResolver.INSTANCE),
                Clock.systemUTC());
    }

    private static ConnectorCall call() {
        return new ConnectorCall(
                "key-1", "ROL-000001", 1, CommandKind.RUN, 1, Instant.EPOCH, "web", Map.of(), () -> true, output -> {});
    }
}
