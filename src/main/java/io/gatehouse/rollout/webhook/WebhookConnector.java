package io.gatehouse.rollout.webhook;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.Stopping;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.rollout.http.RetryAfter;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.rollout.http.ToolClient;
import io.gatehouse.rollout.webhook.ToolMessages.Report;
import io.gatehouse.secret.SecretMask;
import io.gatehouse.secret.SecretText;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * Posts commands to a tool, signed and with an idempotency key. The tool answers at once, or with 202 and later calls
 * back or can be asked.
 */
class WebhookConnector implements Connector {

    private final String name;
    private final WebhookSettings settings;
    private final ToolSecrets secrets;
    private final Map<String, Pattern> parameters;
    private final ToolClient client;
    private final Clock clock;

    WebhookConnector(
            String name,
            WebhookSettings settings,
            Function<String, SecretText> texts,
            ToolAddresses addresses,
            Clock clock) {
        this.name = name;
        this.settings = settings;
        this.secrets = new ToolSecrets(settings, texts);
        this.parameters = DeclaredParameters.compile(settings.parameters());
        this.client = new ToolClient(settings.limits(), addresses);
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String kind() {
        return "webhook";
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
    public List<WebhookSecret> callbackSecrets() {
        return secrets.accepted();
    }

    @Override
    public Set<String> storedSecrets() {
        return secrets.storedNames();
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        byte[] body = ToolMessages.order(call);
        HttpPost request = new HttpPost(settings.url());
        request.setHeader("Idempotency-Key", call.key());
        request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON.withCharset((String) null)));
        return exchange(request, call.key(), body, (answer, mask) -> called(answer, call, mask));
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        String template = settings.statusUrl() == null ? settings.url() : settings.statusUrl();
        HttpGet request = new HttpGet(filled(template, call, reference));
        return exchange(request, call.key(), new byte[0], (answer, mask) -> asked(answer, call, mask));
    }

    @Override
    public Stopping stopping() {
        return settings.stopUrl() == null ? Stopping.NEVER : Stopping.ONCE_TAKEN;
    }

    @Override
    public ConnectorAnswer stop(ConnectorCall call, @Nullable String reference) {
        HttpDelete request = new HttpDelete(filled(Objects.requireNonNull(settings.stopUrl()), call, reference));
        return exchange(request, call.key() + "-stop", new byte[0], (answer, mask) -> stopped(answer.status()));
    }

    private void sign(HttpUriRequestBase request, String id, byte[] body, ToolSecrets.Opened opened) {
        Instant now = clock.instant();
        opened.headers().forEach((name, value) -> {
            if (!request.containsHeader(name)) {
                request.setHeader(name, value);
            }
        });
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(now.getEpochSecond()));
        request.setHeader("webhook-signature", opened.signing().sign(id, now, body));
    }

    private static URI filled(String template, ConnectorCall call, @Nullable String reference) {
        return URI.create(template.replace("{key}", encoded(call.key()))
                .replace("{reference}", encoded(reference == null ? call.key() : reference)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private interface Reading {
        ConnectorAnswer of(ToolClient.Answer answer, SecretMask mask) throws IOException;
    }

    private ConnectorAnswer exchange(HttpUriRequestBase request, String id, byte[] body, Reading reading) {
        try {
            ToolSecrets.Opened opened = secrets.open();
            sign(request, id, body, opened);
            ToolClient.Answer answer = client.exchange(request);
            return reading.of(answer, opened.mask()).after(RetryAfter.in(answer.headers()));
        } catch (ToolSecrets.NotUsable unusable) {
            return ConnectorAnswer.notReached("The tool was not called: " + unusable.getMessage());
        } catch (ToolClient.NotReached nothingSent) {
            return ConnectorAnswer.notReached("The tool could not be reached: " + nothingSent.getMessage());
        } catch (IOException broken) {
            return ConnectorAnswer.ambiguous(
                    "The connection to the tool broke or its answer could not be read: " + broken);
        }
    }

    private static ConnectorAnswer called(ToolClient.Answer answer, ConnectorCall call, SecretMask mask)
            throws IOException {
        int status = answer.status();
        if (status / 100 == 2) {
            return reported(
                    answer, call, mask, status == 202 ? ToolMessages.State.RUNNING : ToolMessages.State.SUCCEEDED);
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

    private static ConnectorAnswer asked(ToolClient.Answer answer, ConnectorCall call, SecretMask mask)
            throws IOException {
        return switch (answer.status()) {
            case 200 -> reported(answer, call, mask, null);
            case 404 -> ConnectorAnswer.neverSeen();
            default -> ConnectorAnswer.ambiguous("The tool answered " + answer.status() + " when asked");
        };
    }

    private static ConnectorAnswer stopped(int status) {
        String said = "The tool was told to stop and answered " + status;
        return switch (status) {
            case 404, 409, 410 -> ConnectorAnswer.ambiguous(said + ": it has ended or cannot be stopped");
            default -> status / 100 == 2
                    ? ConnectorAnswer.succeeded(said)
                    : status / 100 == 4 ? refused(status, said) : ConnectorAnswer.ambiguous(said);
        };
    }

    private static ConnectorAnswer reported(
            ToolClient.Answer answer, ConnectorCall call, SecretMask mask, ToolMessages.@Nullable State otherwise)
            throws IOException {
        Report report = ToolMessages.report(answer.body()).without(mask);
        if (report.log() != null && !report.log().isBlank()) {
            call.log().accept(report.log());
        }
        ToolMessages.State state = report.state() == null ? otherwise : report.state();
        if (state == null) {
            return ConnectorAnswer.ambiguous("The tool did not say how far it is");
        }
        ConnectorAnswer meant =
                switch (state) {
                    case SUCCEEDED -> ConnectorAnswer.succeeded(report.detailOr("The tool reported success"));
                    case FAILED -> ConnectorAnswer.failed(report.detailOr("The tool reported a failure"));
                    case RUNNING -> ConnectorAnswer.accepted(report.reference());
                };
        return meant.at(report.link());
    }
}
