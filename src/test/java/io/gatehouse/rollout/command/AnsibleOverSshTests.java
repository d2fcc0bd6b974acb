package io.gatehouse.rollout.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.secret.SecretText;
import io.gatehouse.testing.NeedsAnsible;
import io.gatehouse.testing.NeedsSsh;
import io.gatehouse.testing.SshHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real playbook for a host with a network of its own, which is reached by a real SSH server with a pinned host key. */
@NeedsAnsible
@NeedsSsh
class AnsibleOverSshTests {

    private static SshHost host;

    @TempDir
    private static Path elsewhere;

    @TempDir
    private Path root;

    private final StringBuffer log = new StringBuffer();

    @BeforeAll
    static void start() {
        host = SshHost.start();
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void deploysToTheOtherHostAndBack() throws IOException {
        assertThat(install("2.0.0", host.knownHosts(), host.key())).isEqualTo(ConnectorAnswer.succeeded("Exit code 0"));
        assertThat(root.resolve("version.txt")).hasContent("2.0.0");

        assertThat(install("1.9.0", host.knownHosts(), host.key())).isEqualTo(ConnectorAnswer.succeeded("Exit code 0"));
        assertThat(root.resolve("version.txt")).hasContent("1.9.0");

        assertThat(Files.readAllLines(root.resolve("journal")))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("install 2.0.0 over ")
                                .endsWith(endOfConnection()),
                        second -> assertThat(second)
                                .startsWith("install 1.9.0 over ")
                                .endsWith(endOfConnection()));
        assertThat(log).contains("changed: [" + host.address() + "]");
        if (host.hasItsOwnNetwork()) {
            assertThat(root.resolve("interfaces")).content().contains("cable").doesNotContain("eth0");
        }
    }

    @Test
    void failsAndChangesNothingIfTheHostHasAnotherKey() throws IOException {
        Path pinned = Files.writeString(
                elsewhere.resolve("known_hosts"),
                Files.readString(host.knownHosts())
                        .replaceFirst("ssh-ed25519 \\S+", "ssh-ed25519 " + keyOf(host.key())));

        assertThat(install("2.0.0", pinned, host.key()).outcome()).isEqualTo(ConnectorAnswer.Outcome.FAILED);

        assertThat(log).contains("UNREACHABLE").contains("Host key verification failed");
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void failsAndChangesNothingIfTheHostDoesNotLetItIn() throws IOException {
        Path nobodys = Files.writeString(elsewhere.resolve("key"), "no key\n");

        ConnectorAnswer answer = install("2.0.0", host.knownHosts(), nobodys);

        assertThat(answer).isEqualTo(ConnectorAnswer.failed("Exit code 4"));
        assertThat(log).contains("UNREACHABLE").contains("Permission denied");
        assertThat(root).isEmptyDirectory();
    }

    private ConnectorAnswer install(String version, Path knownHosts, Path key) {
        CommandSettings settings = new CommandSettings(
                List.of(
                        "ansible-playbook",
                        "-i",
                        host.address() + ",",
                        "--private-key",
                        key.toString(),
                        Path.of("src/test/resources/ansible/install.yml")
                                .toAbsolutePath()
                                .toString(),
                        "-e",
                        "ansible_port=" + host.port() + " ansible_python_interpreter=/usr/bin/python3",
                        "-e",
                        "root=" + root + " version={version}"),
                Map.of("version", "\\d+(\\.\\d+)*"),
                root.toString(),
                Map.of(
                        "ANSIBLE_PIPELINING",
                        "true",
                        "ANSIBLE_SSH_ARGS",
                        "-F /dev/null -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes -o UserKnownHostsFile="
                                + knownHosts),
                Duration.ofMinutes(5),
                100_000,
                AfterCrash.NEITHER);
        return new CommandConnector("ansible", settings, SecretText::given, Duration.ofSeconds(20))
                .call(new ConnectorCall(
                        "key-1",
                        "ROL-000001",
                        1,
                        CommandKind.RUN,
                        1,
                        Instant.now(),
                        host.address(),
                        Map.of("version", version),
                        () -> true,
                        log::append));
    }

    private static String endOfConnection() {
        return host.address() + " " + host.port();
    }

    private static String keyOf(Path key) throws IOException {
        return Files.readString(key.resolveSibling("key.pub")).split(" ")[1];
    }
}
