package io.gatehouse.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** A service on the loopback address with metrics that a test sets, in the text format of Prometheus. */
public final class SampleMetrics implements AutoCloseable {

    private final Map<String, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();
    private final HttpServer server;

    public SampleMetrics() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/metrics", this::serve);
        server.start();
    }

    /** As in {@code 127.0.0.1:8080}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Sets a gauge.
     *
     * @param series with its labels, as {@code errors{version="2.0"}}
     */
    public void set(String series, double value) {
        set(series, () -> value);
    }

    /** Sets a gauge that has another value each time it is scraped. */
    public void set(String series, DoubleSupplier value) {
        gauges.put(series, value);
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = gauges.entrySet().stream()
                .map(gauge -> gauge.getKey() + " " + gauge.getValue().getAsDouble() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
