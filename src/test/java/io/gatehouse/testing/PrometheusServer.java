package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A real Prometheus on the loopback address that scrapes one service five times a second. */
public final class PrometheusServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(1);
    private static final Once<Path> PROGRAM = new Once<>(PrometheusServer::look);

    private final Process process;
    private final int port;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param service where {@code /metrics} is, as {@code 127.0.0.1:8080}
     */
    public static PrometheusServer scraping(String service) {
        int port = GatehouseProcess.freePort();
        try {
            Process process = new ProcessBuilder(
                            "bash",
                            Program.script("/prometheus/run-prometheus.sh").toString(),
                            Integer.toString(port),
                            program().toString(),
                            service)
                    .redirectErrorStream(true)
                    .start();
            PrometheusServer server = new PrometheusServer(process, port);
            server.awaitListening();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program, which is looked for once. */
    static Path program() {
        return PROGRAM.get();
    }

    private static Path look() {
        return Program.onPath("prometheus").findFirst().orElseGet(PrometheusServer::unpacked);
    }

    private static Path unpacked() {
        String within = "usr/bin/prometheus";
        try {
            return UnpackedPackage.inCache("prometheus", "-", "prometheus", ".", "\"$ROOT/" + within + "\" --version")
                    .root()
                    .resolve(within);
        } catch (ResourceUnavailableException e) {
            throw new ResourceUnavailableException("No Prometheus to test with: " + e.getMessage() + ".");
        }
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    private void awaitListening() throws IOException {
        Instant end = Instant.now().plus(START_LIMIT);
        while (!listens()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                close();
                throw new IllegalStateException("Prometheus did not start: "
                        + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            }
            pause();
        }
    }

    private void pause() {
        try {
            process.waitFor(50, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            process.destroy();
        }
    }
}
