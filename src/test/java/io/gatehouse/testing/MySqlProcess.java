package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** Starts a MySQL through one of the scripts, which keep it until the pipe to this JVM closes. */
final class MySqlProcess {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    // A collected Process could take its pipe, and with it the server, along.
    private static final Queue<Process> RUNNING = new ConcurrentLinkedQueue<>();

    private MySqlProcess() {}

    /** Calls {@code script PORT USER arguments…} and returns once a connection works. */
    static MySqlEndpoint start(String name, String script, String user, String... arguments) {
        int port = freePort();
        String password = UUID.randomUUID().toString();
        List<String> command = new ArrayList<>(List.of("bash", script(script).toString(), "" + port, user));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MYSQL_TEST_PASSWORD", password);
        MySqlEndpoint endpoint = MySqlEndpoint.onLoopback(port, user, password);
        try {
            Process process = builder.start();
            RUNNING.add(process);
            awaitReady(name, process, endpoint.database(""));
        } catch (IOException e) {
            throw new ResourceUnavailableException(name + " did not start (" + e.getMessage() + ")");
        }
        return endpoint;
    }

    static Path script(String name) {
        return Program.script("/mysql/" + name);
    }

    private static void awaitReady(String name, Process process, MySqlDatabase database) throws IOException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (!accepts(database)) {
            if (!process.isAlive()) {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                throw new ResourceUnavailableException(
                        name + " did not start (" + said.strip().replace("\n", "; ") + ")");
            }
            if (Instant.now().isAfter(end)) {
                process.getOutputStream().close();
                throw new ResourceUnavailableException(name + " was not ready after " + START_LIMIT.toSeconds() + " s");
            }
            pause(process);
        }
    }

    private static void pause(Process process) {
        try {
            process.waitFor(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a MySQL was starting", e);
        }
    }

    private static boolean accepts(MySqlDatabase database) {
        try (Connection connection = database.connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
