package io.gatehouse.rollout.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorContract;
import io.gatehouse.rollout.connector.Stopping;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.rollout.http.OutboundProperties;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Asked;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Against a tool that answers what a test says. */
class WebhookConnectorTests implements ConnectorContract {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.parse("2026-05-01T10:00:00Z");

    /** Takes orders, and says of each that it is at work on it. */
    private static final class Hook extends ToolDouble {

        private final List<String> taken = new CopyOnWriteArrayList<>();
        private final CountDownLatch never = new CountDownLatch(1);
        private Told toOrders = Told.of(200, "");
        private Told toStops = Told.of(204, "");
        private Told toQuestions = Told.of(200, "{\"state\": \"RUNNING\"}");
        private boolean silent;

        @Override
        protected Told answer(Asked request) {
            if (silent) {
                waitForTheEnd();
            }
            if (request.method().equals("GET")) {
                return toQuestions;
            }
            if (request.method().equals("DELETE")) {
                return toStops;
            }
            if (beforeTheOrder != null) {
                return beforeTheOrder;
            }
            taken.add(version(request.body()));
            return toOrders;
        }

        private static String version(String order) {
            try {
                return JsonMapper.builder()
                        .build()
                        .readTree(order)
                        .at("/parameters/version")
                        .asText();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }

        private void waitForTheEnd() {
            try {
                never.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final Hook hook = new Hook();

    @Override
    public ToolDouble tool() {
        return hook;
    }

    @Override
    public ConnectorCall order(String value) {
        return hook.run(Map.of("version", value));
    }

    @Override
    public List<String> taken() {
        return hook.taken;
    }

    /** No body and one without a state leave the status to say it. */
    @Override
    public List<String> nonsense() {
        return List.of("<html>", "null", "[1]", "{\"state\": \"MAYBE\"}");
    }

    @Override
    public Outcome redirected() {
        return Outcome.FAILED;
    }

    @Override
    public Outcome gone() {
        return Outcome.NEVER_SEEN;
    }

    @Override
    public WebhookConnector connector() {
        return connector(Duration.ofSeconds(2));
    }

    private WebhookConnector connector(Duration timeout) {
        return new WebhookConnector(
                "tool",
                new WebhookSettings(
                        hook.url("/deploy"),
                        SECRET,
                        Map.of("version", "[0-9.]+"),
                        Map.of("X-Tool-Token", "t0ken"),
                        hook.url("/status/{key}/{reference}"),
                        hook.url("/orders/{key}/{reference}"),
                        timeout,
                        timeout,
                        DataSize.ofBytes(1000),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        AfterCrash.QUERYABLE),
                SecretText::given,
                new ToolAddresses(
                        new OutboundProperties(List.of(), List.of("127.0.0.0/8")), SystemDefaultDnsResolver.INSTANCE),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void postsASignedOrderWithItsKey() {
        assertThat(call().outcome()).isEqualTo(Outcome.SUCCEEDED);

        Asked order = hook.asked.get(0);
        assertThat(order.body())
                .isEqualTo("{\"key\":\"key-1\",\"rollout\":\"ROL-000001\",\"step\":2,\"kind\":\"RUN\",\"attempt\":1,"
                        + "\"target\":\"web\",\"parameters\":{\"version\":\"2.0\"}}");
        assertThat(order.headers())
                .containsEntry("idempotency-key", "key-1")
                .containsEntry("x-tool-token", "t0ken")
                .containsEntry(
                        "webhook-signature",
                        WebhookSecret.parse(SECRET)
                                .sign("key-1", NOW, order.body().getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"200, SUCCEEDED", "204, SUCCEEDED", "202, ACCEPTED"})
    void readsTheStatus(int status, Outcome outcome) {
        hook.toOrders = Told.of(status, "");

        assertThat(call().outcome()).isEqualTo(outcome);
    }

    @Test
    void readsAReport() {
        hook.toOrders = Told.of(
                200, "{\"state\": \"FAILED\", \"detail\": \"No space\", \"log\": \"line 1\", \"extra\": {\"a\": 1}}");

        assertThat(call()).isEqualTo(ConnectorAnswer.failed("No space"));
        assertThat(hook.log).hasToString("line 1");
    }

    @Test
    void keepsWhatTheToolCallsTheCommand() {
        hook.toOrders = Told.of(202, "{\"reference\": \"run 17\"}");

        assertThat(call()).isEqualTo(ConnectorAnswer.accepted("run 17"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://ci.example.com/#builders/1/builds/17, https://ci.example.com/#builders/1/builds/17",
        "http://ci.example.com/17, http://ci.example.com/17",
        "javascript:alert(1),",
        "https://ci.example.com/a b,",
        "17,"
    })
    void linksToThePageThatTheToolNames(String told, @Nullable String link) {
        hook.toOrders = Told.of(202, "{\"link\": \"" + told + "\"}");
        hook.toQuestions = Told.of(200, "{\"state\": \"SUCCEEDED\", \"link\": \"" + told + "\"}");

        assertThat(call()).returns(link, ConnectorAnswer::link);
        assertThat(ask(null)).returns(link, ConnectorAnswer::link);
    }

    @Test
    void hearsForHowLongTheToolWantsToBeLeftAlone() {
        hook.beforeTheOrder = Told.of(429, "").with("Retry-After", "90");
        assertThat(call())
                .returns(Outcome.NOT_REACHED, ConnectorAnswer::outcome)
                .returns(Duration.ofSeconds(90), ConnectorAnswer::retryAfter);

        hook.toQuestions = Told.of(503, "").with("Retry-After", "60");
        assertThat(ask(null)).returns(Duration.ofMinutes(1), ConnectorAnswer::retryAfter);
    }

    @Test
    void doesNotWaitForeverForAnAnswer() {
        hook.silent = true;

        assertThat(connector(Duration.ofMillis(500)).call(order()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void asksForTheResultByKeyAndReference() {
        assertThat(ask("run 17").outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(hook.asked.get(0).line()).isEqualTo("GET /status/key-1/run%2017");
    }

    @ParameterizedTest
    @CsvSource({"SUCCEEDED, SUCCEEDED", "FAILED, FAILED", "RUNNING, ACCEPTED"})
    void readsTheAnswerToAQuestion(String state, Outcome outcome) {
        hook.toQuestions = Told.of(200, "{\"state\": \"" + state + "\"}");

        assertThat(ask(null).outcome()).isEqualTo(outcome);
    }

    @Test
    void tellsTheToolToStopInItsOwnName() {
        assertThat(connector().stopping()).isEqualTo(Stopping.ONCE_TAKEN);

        assertThat(connector().stop(order(), "run 17"))
                .isEqualTo(ConnectorAnswer.succeeded("The tool was told to stop and answered 204"));

        Asked told = hook.asked.get(0);
        assertThat(told.line()).isEqualTo("DELETE /orders/key-1/run%2017");
        assertThat(told.headers())
                .containsEntry("x-tool-token", "t0ken")
                .containsEntry("webhook-id", "key-1-stop")
                .containsEntry("webhook-signature", WebhookSecret.parse(SECRET).sign("key-1-stop", NOW, new byte[0]));
    }

    @ParameterizedTest
    @CsvSource({
        "200, SUCCEEDED",
        "202, SUCCEEDED",
        "404, AMBIGUOUS",
        "409, AMBIGUOUS",
        "410, AMBIGUOUS",
        "403, REFUSED",
        "429, NOT_REACHED",
        "302, AMBIGUOUS",
        "503, AMBIGUOUS",
    })
    void readsTheAnswerToAStop(int status, Outcome outcome) {
        hook.toStops = Told.of(status, "");

        assertThat(connector().stop(order(), null).outcome()).isEqualTo(outcome);
    }

    private ConnectorAnswer call() {
        return connector().call(order());
    }

    private ConnectorAnswer ask(@Nullable String reference) {
        return connector().ask(order(), reference);
    }
}
