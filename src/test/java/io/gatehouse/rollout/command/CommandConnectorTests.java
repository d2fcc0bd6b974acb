package io.gatehouse.rollout.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.secret.SecretText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real programs. */
class CommandConnectorTests {

    @TempDir
    private Path directory;

    private final StringBuffer log = new StringBuffer();

    @Test
    void succeedsWithExitCodeZero() {
        assertThat(run("sh", "-c", "echo deployed").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(log).hasToString("deployed\n");
    }

    @Test
    void failsWithAnyOtherExitCode() {
        assertThat(run("sh", "-c", "echo oops >&2; exit 3")).isEqualTo(ConnectorAnswer.failed("Exit code 3"));
        assertThat(log).hasToString("oops\n");
    }

    @Test
    void hasDoneNothingIfTheProgramDoesNotExist() {
        assertThat(run("/no/such/program").outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void passesAParameterAsOneArgumentWhateverItContains() {
        String nasty = "a b; touch x $(id) `id` \"' {version} | > y";

        connector(settings("printf", "[%s]", "v={value}", "{value}", "{other}"))
                .call(call(Map.of("value", nasty, "version", "9"), () -> true));

        assertThat(log).hasToString("[v=" + nasty + "][" + nasty + "][{other}]");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void runsInItsDirectoryWithItsOwnEnvironmentOnly() throws Exception {
        run("sh", "-c", "pwd; env | sed 's/=.*//' | sort | tr '\\n' ' '");

        assertThat(log.toString().lines().findFirst())
                .contains(directory.toRealPath().toString());
        assertThat(log.toString().lines().skip(1).findFirst().orElseThrow().split(" "))
                .contains("COLOUR", "GATEHOUSE_KEY", "PATH")
                .isSubsetOf(
                        "COLOUR",
                        "GATEHOUSE_KEY",
                        "GATEHOUSE_ROLLOUT",
                        "GATEHOUSE_TARGET",
                        "HOME",
                        "LANG",
                        "OLDPWD",
                        "PATH",
                        "PWD",
                        "SHLVL",
                        "_");
    }

    @Test
    void stopsTheProgramAndItsChildrenWhenSomebodyWantsIt() throws Exception {
        ConnectorAnswer answer = runWhileWanted("sh", "-c", "sleep 600 & echo $! > new; mv new child; sleep 600");

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).isEqualTo("Stopped because somebody asked for it. Exit code 137");
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void hasDoneWhatItHadDoneBeforeSomebodyWantedItStopped() {
        assertThat(runWhileWanted("true").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    /** Somebody wants it to stop as soon as it has left its mark, or from the beginning if it leaves none. */
    private ConnectorAnswer runWhileWanted(String... arguments) {
        ConnectorCall call = call(Map.of(), () -> true);
        return connector(settings(arguments))
                .call(new ConnectorCall(
                        call.key(),
                        call.rollout(),
                        call.seq(),
                        call.kind(),
                        call.attempt(),
                        call.notBefore(),
                        call.target(),
                        call.parameters(),
                        call.renewLease(),
                        call.log(),
                        () -> Files.exists(directory.resolve("child"))));
    }

    @Test
    void stopsTheProgramAndItsChildrenAtTheTimeLimit() throws Exception {
        ConnectorAnswer answer = run("sh", "-c", "echo begun; sleep 600 & echo $! > child; sleep 600");

        assertThat(answer.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(answer.detail()).contains("time limit");
        assertThat(log).startsWith("begun\n");
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        // It has been killed; the system takes a moment to bury it.
        await().atMost(Duration.ofSeconds(10))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void stopsTheProgramWhenAnotherNodeHasTakenOver() {
        ConnectorAnswer answer = connector(settings("sleep", "600")).call(call(Map.of(), () -> false));

        assertThat(answer).isEqualTo(ConnectorAnswer.takenOver());
    }

    @Test
    void keepsTheBeginningOfALongOutput() {
        ConnectorAnswer answer = run("sh", "-c", "yes 0123456789 | head -c 300000");

        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(log.length()).isBetween(1000, 1100);
        assertThat(log).endsWith("\n[output ends here: cut after 1000 characters]\n");
    }

    @Test
    void doesNotWaitForWhatTheProgramLeavesRunning() {
        ConnectorAnswer answer = run("sh", "-c", "sleep 20 & echo started");

        assertThat(answer.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(log).hasToString("started\n");
    }

    private ConnectorAnswer run(String... arguments) {
        return connector(settings(arguments)).call(call(Map.of(), () -> true));
    }

    private CommandSettings settings(String... arguments) {
        return new CommandSettings(
                List.of(arguments),
                Map.of(),
                directory.toString(),
                Map.of("COLOUR", "blue"),
                Duration.ofSeconds(3),
                1000,
                AfterCrash.NEITHER);
    }

    private static CommandConnector connector(CommandSettings settings) {
        return new CommandConnector("tool", settings, SecretText::given, Duration.ofMillis(100));
    }

    private ConnectorCall call(Map<String, String> parameters, BooleanSupplier renew) {
        return new ConnectorCall(
                "key-1", "ROL-000001", 1, CommandKind.RUN, 1, Instant.EPOCH, "web", parameters, renew, log::append);
    }
}
