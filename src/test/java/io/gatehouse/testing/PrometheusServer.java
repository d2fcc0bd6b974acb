package io.gatehouse.testing;

import java.nio.file.Path;

/** A real Prometheus on the loopback address that scrapes one service five times a second. */
public final class PrometheusServer implements AutoCloseable {

    private static final Once<Path> PROGRAM = new Once<>(PrometheusServer::look);

    private final ScriptedServer server;
    private final int port;

    private PrometheusServer(ScriptedServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param service where {@code /metrics} is, as {@code 127.0.0.1:8080}
     */
    public static PrometheusServer scraping(String service) {
        int port = GatehouseProcess.freePort();
        return new PrometheusServer(
                ScriptedServer.start(
                        "Prometheus",
                        "127.0.0.1",
                        port,
                        "/prometheus/run-prometheus.sh",
                        Integer.toString(port),
                        program().toString(),
                        service),
                port);
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

    @Override
    public void close() {
        server.close();
    }
}
