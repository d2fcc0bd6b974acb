package io.gatehouse.rollout.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.secret.SecretMask;
import io.gatehouse.secret.SecretText;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicNameValuePair;
import org.apache.hc.core5.net.URIBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The interface of one deploy tool over HTTP: its base address, our credential there, and limits. Whatever goes wrong on
 * the way becomes an answer, and nothing the tool says shows the credential.
 */
public final class ToolApi {

    /** Reads what the tool answered; an answer that cannot be read leaves in doubt what the tool did. */
    @FunctionalInterface
    public interface Reading {
        ConnectorAnswer of(ToolReply reply) throws IOException;
    }

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String base;
    private final Credential credential;
    private final @Nullable SecretText noticeSecret;
    private final ToolClient client;

    ToolApi(String base, Credential credential, @Nullable SecretText noticeSecret, ToolClient client) {
        this.noticeSecret = noticeSecret;
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        this.credential = credential;
        this.client = client;
    }

    /** An address below the base; each segment is encoded, so none can become two. */
    public URI address(String... segments) {
        return address(Map.of(), segments);
    }

    /** The same with a query. */
    public URI address(Map<String, String> query, String... segments) {
        String path = Stream.of(segments).map(ToolApi::encoded).collect(Collectors.joining("/", "/", ""));
        try {
            URIBuilder address = new URIBuilder(base + path);
            query.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(each -> address.addParameter(each.getKey(), each.getValue()));
            return address.build();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Checked at the start", e);
        }
    }

    /** Sends one request. Between two of them the lease of the command is to be renewed. */
    public ConnectorAnswer exchange(HttpUriRequestBase request, Reading reading) {
        try {
            return reading.of(send(request, client::exchange));
        } catch (Credential.NotUsable unusable) {
            return ConnectorAnswer.notReached("The tool was not called: " + unusable.getMessage());
        } catch (ToolClient.NotReached nothingSent) {
            return ConnectorAnswer.notReached("The tool could not be reached: " + nothingSent.getMessage());
        } catch (IOException broken) {
            return ConnectorAnswer.ambiguous(
                    "The connection to the tool broke or its answer could not be read: " + broken);
        }
    }

    /** What the tool printed, or its beginning if it is too long; a log that cannot be had says so and settles nothing. */
    public String log(HttpUriRequestBase request) {
        try {
            ToolReply reply = send(request, client::beginning);
            return reply.isSuccess() ? reply.text() : "The tool answered " + reply.status() + " when asked for its log";
        } catch (Credential.NotUsable | IOException missing) {
            return "The log could not be fetched: " + missing.getMessage();
        }
    }

    /** The same with what else the answer says; nothing if it cannot be had. */
    public Optional<ToolReply> beginning(HttpUriRequestBase request) {
        try {
            return Optional.of(send(request, client::beginning)).filter(ToolReply::isSuccess);
        } catch (Credential.NotUsable | IOException missing) {
            return Optional.empty();
        }
    }

    /** Whether connectors may call a place to which the tool has sent us, no less safely than the tool itself. */
    public boolean mayCall(String place) {
        return (place.startsWith("https://") || !base.startsWith("https://")) && client.mayCall(place);
    }

    /** What is at such a place, or its beginning, asked for without our credential; nothing if it cannot be had. */
    public Optional<String> textAt(String place) {
        try {
            SecretMask mask = credential.open().mask();
            ToolClient.Answer answer = client.beginning(new HttpGet(URI.create(place)));
            return answer.status() == 200
                    ? Optional.of(mask.hide(new String(answer.body(), StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (Credential.NotUsable | IOException | IllegalArgumentException missing) {
            return Optional.empty();
        }
    }

    /** A body of JSON. */
    public static HttpEntity json(Object body) {
        try {
            return new StringEntity(JSON.writeValueAsString(body), ContentType.APPLICATION_JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("An order is plain data", e);
        }
    }

    /** A body as a form of a page sends it. */
    public static HttpEntity form(Map<String, String> fields) {
        List<NameValuePair> pairs = fields.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .<NameValuePair>map(field -> new BasicNameValuePair(field.getKey(), field.getValue()))
                .toList();
        return new UrlEncodedFormEntity(pairs, StandardCharsets.UTF_8);
    }

    /** Whether the tool answers this question and so knows our credential. */
    public ConnectorCheck check(HttpUriRequestBase question) {
        ConnectorAnswer answer =
                exchange(question, reply -> reply.isSuccess() ? ConnectorAnswer.succeeded("") : reply.notTaken());
        return answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED
                ? ConnectorCheck.ok("The tool answers and lets us in.")
                : ConnectorCheck.failed(answer.detail());
    }

    /** Names of the stored secrets it uses. */
    public Set<String> storedSecrets() {
        return Stream.concat(
                        credential.storedName().stream(),
                        Stream.ofNullable(noticeSecret).flatMap(secret -> secret.storedName().stream()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a notice of the tool may be proven by; none if it sends none. An empty text proves nothing. */
    List<String> noticeSecrets() {
        return noticeSecret == null
                ? List.of()
                : noticeSecret.accepted().stream()
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    private interface Sending {
        ToolClient.Answer of(HttpUriRequestBase request) throws IOException;
    }

    private ToolReply send(HttpUriRequestBase request, Sending sending) throws Credential.NotUsable, IOException {
        Credential.Opened opened = credential.open();
        opened.header().forEach(request::setHeader);
        request.setHeader("User-Agent", "Gatehouse");
        SecretMask mask = opened.mask();
        ToolClient.Answer answer = sending.of(request);
        Map<String, String> headers = answer.headers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> mask.hide(each.getValue())));
        return new ToolReply(answer.status(), headers, mask.hide(new String(answer.body(), StandardCharsets.UTF_8)));
    }

    private static String encoded(String segment) {
        // A segment of dots alone would be another place.
        if (segment.matches("\\.*")) {
            throw new IllegalArgumentException("'" + segment + "' is no part of an address");
        }
        return new URIBuilder().appendPathSegments(segment).toString().substring(1);
    }
}
