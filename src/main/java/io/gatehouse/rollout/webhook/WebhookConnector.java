package io.gatehouse.rollout.webhook;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gatehouse.rollout.AfterCrash;
import io.gatehouse.rollout.Connector;
import io.gatehouse.rollout.ConnectorAnswer;
import io.gatehouse.rollout.ConnectorCall;
import io.gatehouse.rollout.WebhookSecret;
import io.gatehouse.rollout.webhook.ToolMessages.Report;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Posts commands to a tool, signed and with an idempotency key. The tool answers at once, or with 202 and later calls
 * back or can be asked.
 */
class WebhookConnector implements Connector {

    private final String name;
    private final WebhookSettings settings;
    private final WebhookSecret secret;
    private final Map<String, Pattern> parameters;
    private final HttpClient client;
    private final Clock clock;

    WebhookConnector(String name, WebhookSettings settings, Clock clock) {
        this.name = name;
        this.settings = settings;
        this.secret = WebhookSecret.parse(settings.secret());
        this.parameters = settings.parameters().entrySet().stream()
                .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> Pattern.compile(entry.getValue())));
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Pattern> parameters() {
        return parameters;
    }

    @Override
    public AfterCrash afterCrash() {
        return settings.afterCrash();
    }

    @Override
    public boolean canBeAsked() {
        return settings.statusUrl() != null;
    }

    @Override
    public Duration askEvery() {
        return settings.askEvery();
    }

    @Override
    public Duration giveUpAfter() {
        return settings.giveUpAfter();
    }

    @Override
    public WebhookSecret callbackSecret() {
        return secret;
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        byte[] body = ToolMessages.order(call);
        HttpRequest request = signed(URI.create(settings.url()), call.key(), body)
                .header("Idempotency-Key", call.key())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return exchange(request, answer -> called(answer, call));
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        HttpRequest request = signed(statusUrl(call, reference), call.key(), new byte[0])
                .GET()
                .build();
        return exchange(request, answer -> asked(answer, call));
    }

    private HttpRequest.Builder signed(URI address, String id, byte[] body) {
        Instant now = clock.instant();
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(settings.longestExchange())
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", secret.sign(id, now, body));
        settings.headers().forEach(request::header);
        return request;
    }

    private URI statusUrl(ConnectorCall call, @Nullable String reference) {
        String template = settings.statusUrl() == null ? settings.url() : settings.statusUrl();
        return URI.create(template.replace("{key}", encoded(call.key()))
                .replace("{reference}", encoded(reference == null ? call.key() : reference)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private interface Reading {
        ConnectorAnswer of(HttpResponse<byte[]> answer) throws IOException;
    }

    private ConnectorAnswer exchange(HttpRequest request, Reading reading) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request,
                head -> new LimitedBody(Math.toIntExact(settings.answerLimit().toBytes())));
        try {
            return reading.of(answer.get(settings.longestExchange().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failure) {
            return failed(failure.getCause() == null ? failure : failure.getCause());
        } catch (TimeoutException late) {
            answer.cancel(true);
            return ConnectorAnswer.ambiguous("No answer within " + settings.longestExchange());
        } catch (IOException unreadable) {
            return ConnectorAnswer.ambiguous("The answer could not be read.");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return ConnectorAnswer.ambiguous("Gatehouse was stopped while it called the tool.");
        }
    }

    /** Only what happens before the first byte is sent proves that the tool did nothing. */
    private static ConnectorAnswer failed(Throwable failure) {
        boolean beforeSending = failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof SSLHandshakeException;
        return beforeSending
                ? ConnectorAnswer.notReached("The tool could not be reached: " + failure)
                : ConnectorAnswer.ambiguous("The connection to the tool broke: " + failure);
    }

    private static ConnectorAnswer called(HttpResponse<byte[]> answer, ConnectorCall call) throws IOException {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return reported(answer, call, status == 202 ? ToolMessages.State.RUNNING : ToolMessages.State.SUCCEEDED);
        }
        String said = "The tool answered " + status;
        return switch (status / 100) {
            case 3 -> ConnectorAnswer.failed(said + "; redirects are not followed");
            case 4 -> refused(status, said);
            default -> ConnectorAnswer.ambiguous(said);
        };
    }

    /** By contract a 4xx comes before anything is done; these ask to be called again. */
    private static ConnectorAnswer refused(int status, String said) {
        return switch (status) {
            case 408, 409 -> ConnectorAnswer.ambiguous(said);
            case 425, 429 -> ConnectorAnswer.notReached(said);
            default -> ConnectorAnswer.refused(said);
        };
    }

    private static ConnectorAnswer asked(HttpResponse<byte[]> answer, ConnectorCall call) throws IOException {
        return switch (answer.statusCode()) {
            case 200 -> reported(answer, call, null);
            case 404 -> ConnectorAnswer.neverSeen();
            default -> ConnectorAnswer.ambiguous("The tool answered " + answer.statusCode() + " when asked");
        };
    }

    private static ConnectorAnswer reported(
            HttpResponse<byte[]> answer, ConnectorCall call, ToolMessages.@Nullable State otherwise)
            throws IOException {
        Report report = ToolMessages.report(answer.body());
        if (report.log() != null && !report.log().isBlank()) {
            call.log().accept(report.log());
        }
        ToolMessages.State state = report.state() == null ? otherwise : report.state();
        if (state == null) {
            return ConnectorAnswer.ambiguous("The tool did not say how far it is");
        }
        return switch (state) {
            case SUCCEEDED -> ConnectorAnswer.succeeded(report.detailOr("The tool reported success"));
            case FAILED -> ConnectorAnswer.failed(report.detailOr("The tool reported a failure"));
            case RUNNING -> ConnectorAnswer.accepted(report.reference());
        };
    }
}
