package io.gatehouse.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A deploy tool in a JVM of its own, which outlives the product. Whatever it is told it does, as often as it is told:
 * each execution goes to its journal before anything else happens. It can be asked what became of a key.
 *
 * <p>Arguments: port, journal, addresses of the product for callbacks. Ends when its standard input closes.
 */
public final class DeployToolProgram {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ToolJournal journal;
    private final ToolCallbacks callbacks;

    private DeployToolProgram(ToolJournal journal, ToolCallbacks callbacks) {
        this.journal = journal;
        this.callbacks = callbacks;
    }

    public static void main(String[] args) throws IOException {
        ToolJournal journal = ToolJournal.append(Path.of(args[1]));
        ToolCallbacks callbacks = new ToolCallbacks(Arrays.asList(args).subList(2, args.length), journal);
        DeployToolProgram tool = new DeployToolProgram(journal, callbacks);
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]));
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(tool.threads);
        server.createContext("/commands", exchange -> tool.answer(exchange));
        server.createContext("/busy", exchange -> send(exchange, 200, Integer.toString(tool.busy.get())));
        server.start();
        while (System.in.read() >= 0) {
            // Nothing is said to it; the end of the stream is the end of whoever started it.
        }
        System.exit(0);
    }

    /** {@code POST /commands/CONNECTOR} or {@code GET /commands/CONNECTOR/KEY}. */
    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().split("/");
        if (exchange.getRequestMethod().equals("POST")) {
            execute(exchange, path[2]);
        } else {
            String state = states.get(path[3]);
            send(exchange, state == null ? 404 : 200, "{\"state\":\"" + state + "\"}");
        }
    }

    private void execute(HttpExchange exchange, String connector) throws IOException {
        JsonNode order = JSON.readTree(exchange.getRequestBody());
        String key = order.get("key").asText();
        ToolMode mode = ToolMode.of(order.get("parameters").get("mode").asText());
        String result = mode.failsAt(order.get("attempt").asInt()) ? "FAILED" : "SUCCEEDED";
        states.put(key, "RUNNING");
        journal.executed(
                key,
                order.get("rollout").asText(),
                order.get("step").asInt(),
                order.get("kind").asText());
        busy.incrementAndGet();
        threads.execute(() -> finish(connector, key, mode, result));
        respond(exchange, key, mode, result);
    }

    private void respond(HttpExchange exchange, String key, ToolMode mode, String result) throws IOException {
        if (mode.answersLater()) {
            // Sometimes longer than the work takes, so that the callback comes before this answer.
            pause(200);
            send(exchange, 202, "{\"reference\":\"" + key + "\"}");
            return;
        }
        if (mode == ToolMode.SLOW) {
            LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
        }
        pause(150);
        if (mode == ToolMode.CUT) {
            exchange.close();
        } else {
            journal.ended(key);
            send(exchange, 200, "{\"state\":\"" + result + "\",\"log\":\"done " + key + "\"}");
        }
    }

    private void finish(String connector, String key, ToolMode mode, String result) {
        try {
            pause(mode.answersLater() ? 500 : 150);
            journal.ended(key);
            states.put(key, result);
            if (mode.callsBack()) {
                callbacks.deliver(connector, key, result);
            }
        } finally {
            busy.decrementAndGet();
        }
    }

    private static void pause(int atMostMillis) {
        LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextInt(atMostMillis))
                .toNanos());
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
