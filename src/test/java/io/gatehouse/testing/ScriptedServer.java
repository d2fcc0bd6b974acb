package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server that a script of ours runs for as long as the script's standard input is open. */
final class ScriptedServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static final int A_MOMENT = 500;

    private final String name;
    private final InetSocketAddress address;
    private final Process process;

    private ScriptedServer(String name, InetSocketAddress address, Process process) {
        this.name = name;
        this.address = address;
        this.process = process;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param name as in "Prometheus did not start"
     * @param script among the test resources, as {@code /prometheus/run-prometheus.sh}
     */
    static ScriptedServer start(String name, String host, int port, String script, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("bash", Program.script(script).toString()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            ScriptedServer server = new ScriptedServer(name, new InetSocketAddress(host, port), process);
            server.awaitListening();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitListening() throws IOException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException(name + " did not start: "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            await(Duration.ofMillis(50));
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            // To an address that is not there yet the system would go on trying for minutes.
            socket.connect(address, A_MOMENT);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Waits for its end, and no longer than this. */
    private void await(Duration atMost) {
        try {
            process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends it; its script takes away what it wrote. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            process.destroy();
        }
        await(Duration.ofSeconds(10));
    }
}
