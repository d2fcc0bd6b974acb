package io.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A deploy tool that has done what it is told at once, except for steps of mode {@code later}: their result is called back. */
final class InstantTool implements AutoCloseable {

    static final String CONNECTOR = "instant";
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Instant> received = new ConcurrentHashMap<>();
    private final HttpServer server;

    private InstantTool(HttpServer server) {
        this.server = server;
    }

    static InstantTool start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        InstantTool tool = new InstantTool(server);
        server.createContext("/", tool::answer);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return tool;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Instant now = Instant.now();
        JsonNode order = JSON.readTree(exchange.getRequestBody());
        received.putIfAbsent(order.get("key").asText(), now);
        boolean later = order.get("parameters").get("mode").asText().equals("later");
        byte[] body = (later ? "{\"state\":\"RUNNING\"}" : "{\"state\":\"SUCCEEDED\"}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(later ? 202 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** When the first order of each key came. */
    Map<String, Instant> received() {
        return received;
    }

    /** The connector as an operator would configure it. */
    List<String> settings() {
        String host = "127.0.0.1:" + server.getAddress().getPort();
        String prefix = "--gatehouse.connectors." + CONNECTOR + ".webhook.";
        return List.of(
                "--gatehouse.outbound.hosts=" + host,
                "--gatehouse.outbound.networks=127.0.0.0/8",
                prefix + "url=http://" + host + "/orders",
                prefix + "secret=" + SECRET,
                prefix + "after-crash=DEDUPLICATES",
                prefix + "parameters.mode=[a-z]+");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
