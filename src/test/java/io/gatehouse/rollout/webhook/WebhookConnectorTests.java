package io.gatehouse.rollout.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.rollout.http.OutboundProperties;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.secret.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Against a real HTTP server. */
class WebhookConnectorTests {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    private record Received(String method, String path, Map<String, List<String>> headers, String body) {}

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final StringBuffer log = new StringBuffer();
    private final CountDownLatch testOver = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer tool;
    private int status = 200;
    private String body = "";

    @BeforeEach
    void startTool() throws IOException {
        tool = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tool.setExecutor(threads);
        tool.createContext("/", this::answer);
        tool.start();
    }

    @AfterEach
    void stopTool() {
        testOver.countDown();
        tool.stop(0);
        threads.shutdownNow();
    }

    @Test
    void postsASignedOrderWithItsKey() {
        assertThat(call().outcome()).isEqualTo(Outcome.SUCCEEDED);

        Received order = received.get(0);
        assertThat(order.body())
                .isEqualTo("{\"key\":\"key-1\",\"rollout\":\"ROL-000001\",\"step\":2,\"kind\":\"RUN\",\"attempt\":1,"
                        + "\"target\":\"web\",\"parameters\":{\"version\":\"2.0\"}}");
        assertThat(header(order, "Idempotency-Key")).isEqualTo("key-1");
        assertThat(header(order, "X-Tool-Token")).isEqualTo("t0ken");
        assertThat(header(order, "Webhook-Signature"))
                .isEqualTo(WebhookSecret.parse(SECRET)
                        .sign("key-1", NOW, order.body().getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "200, SUCCEEDED", "204, SUCCEEDED", "202, ACCEPTED", "301, FAILED", "303, FAILED", "400, REFUSED",
        "401, REFUSED", "404, REFUSED", "422, REFUSED", "408, AMBIGUOUS", "409, AMBIGUOUS", "429, NOT_REACHED",
        "500, AMBIGUOUS", "502, AMBIGUOUS", "503, AMBIGUOUS"
    })
    void readsTheStatus(int answered, Outcome outcome) {
        status = answered;

        assertThat(call().outcome()).isEqualTo(outcome);
        assertThat(received).hasSize(1);
    }

    @Test
    void readsAReport() {
        body = "{\"state\": \"FAILED\", \"detail\": \"No space\", \"log\": \"line 1\", \"extra\": {\"a\": 1}}";

        assertThat(call()).isEqualTo(ConnectorAnswer.failed("No space"));
        assertThat(log).hasToString("line 1");
    }

    @Test
    void keepsWhatTheToolCallsTheCommand() {
        status = 202;
        body = "{\"reference\": \"run 17\"}";

        assertThat(call()).isEqualTo(ConnectorAnswer.accepted("run 17"));
    }

    @ParameterizedTest
    @CsvSource({"<html>", "null", "[1]", "'{\"state\": \"MAYBE\"}'"})
    void doesNotTrustAnAnswerItCannotRead(String answered) {
        body = answered;

        assertThat(call().outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void stopsReadingALargeAnswer() {
        body = "x".repeat(5000);

        assertThat(call().outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        status = 0;

        assertThat(call().outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void knowsThatNothingWasSentWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(connector("http://127.0.0.1:" + port).call(order()).outcome())
                .isEqualTo(Outcome.NOT_REACHED);
    }

    @Test
    void asksForTheResultByKeyAndReference() {
        body = "{\"state\": \"RUNNING\"}";

        assertThat(ask("run 17").outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(received.get(0).path()).isEqualTo("/status/key-1/run%2017");
        assertThat(received.get(0).method()).isEqualTo("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "200, '{\"state\": \"SUCCEEDED\"}', SUCCEEDED",
        "200, '{\"state\": \"FAILED\"}', FAILED",
        "200, '{}', AMBIGUOUS",
        "404, '', NEVER_SEEN",
        "401, '', AMBIGUOUS",
        "500, '', AMBIGUOUS"
    })
    void readsTheAnswerToAQuestion(int answered, String text, Outcome outcome) {
        status = answered;
        body = text;

        assertThat(ask(null).outcome()).isEqualTo(outcome);
    }

    private ConnectorAnswer call() {
        return connector(address()).call(order());
    }

    private ConnectorAnswer ask(@Nullable String reference) {
        return connector(address()).ask(order(), reference);
    }

    private String address() {
        return "http://127.0.0.1:" + tool.getAddress().getPort();
    }

    private static WebhookConnector connector(String address) {
        return new WebhookConnector(
                "tool",
                new WebhookSettings(
                        address + "/deploy",
                        SECRET,
                        Map.of("version", "[0-9.]+"),
                        Map.of("X-Tool-Token", "t0ken"),
                        address + "/status/{key}/{reference}",
                        Duration.ofMillis(500),
                        Duration.ofMillis(1000),
                        DataSize.ofBytes(1000),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        AfterCrash.QUERYABLE),
                SecretText::given,
                new ToolAddresses(
                        new OutboundProperties(List.of(), List.of("127.0.0.0/8")), SystemDefaultDnsResolver.INSTANCE),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private ConnectorCall order() {
        return new ConnectorCall(
                "key-1",
                "ROL-000001",
                2,
                CommandKind.RUN,
                1,
                Instant.EPOCH,
                "web",
                Map.of("version", "2.0"),
                () -> true,
                log::append);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        if (status == 0) {
            awaitEndOfTest();
            exchange.close();
            return;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Location", "/elsewhere");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEndOfTest() {
        try {
            testOver.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String header(Received order, String name) {
        return order.headers().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(entry -> entry.getValue().get(0))
                .findFirst()
                .orElse("");
    }
}
