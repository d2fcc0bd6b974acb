package io.gatehouse.rollout.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.secret.StoredSecrets;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** A program whose stored secrets cannot be used is not started. */
@ProcessTest
@OnH2
class CommandSecretsTests {

    @TempDir
    private Path directory;

    @Autowired
    private StoredSecrets stored;

    @Test
    void thatAreMissingLeaveTheProgramUnstarted() {
        CommandConnector connector = new CommandConnector(
                "tool",
                new CommandSettings(
                        List.of("touch", "started"),
                        Map.of(),
                        directory.toString(),
                        Map.of("TOKEN", "stored:nowhere"),
                        Duration.ofSeconds(3),
                        1000,
                        AfterCrash.NEITHER),
                stored::text,
                Duration.ofMillis(100));

        ConnectorAnswer answer = connector.call(new ConnectorCall(
                "key-1",
                "ROL-000001",
                1,
                CommandKind.RUN,
                1,
                Instant.EPOCH,
                "web",
                Map.of(),
                () -> true,
                output -> {}));

        assertThat(answer.outcome()).isEqualTo(ConnectorAnswer.Outcome.NOT_REACHED);
        assertThat(answer.detail()).startsWith("The program was not started: There is no stored secret 'nowhere'");
        assertThat(directory).isEmptyDirectory();
        assertThat(connector.storedSecrets()).containsExactly("nowhere");
    }
}
