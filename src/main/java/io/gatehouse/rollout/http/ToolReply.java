package io.gatehouse.rollout.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a tool answered, without our credential in it.
 *
 * @param headers by their name in small letters
 */
public record ToolReply(int status, Map<String, String> headers, String text) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * The answer as JSON; a missing field is a missing node, never null.
     *
     * @throws IOException if it is none
     */
    public JsonNode json() throws IOException {
        try {
            JsonNode read = JSON.readTree(text);
            if (read == null || read.isMissingNode() || read.isNull()) {
                throw new IOException("The tool answered " + status + " without a body");
            }
            return read;
        } catch (JsonProcessingException none) {
            throw new IOException("The tool answered " + status + " and what is no JSON", none);
        }
    }

    /** How long the tool wants to be left alone; zero if it does not say. */
    public Duration retryAfter() {
        return RetryAfter.in(headers);
    }

    /** How long it is until then by the tool's own clock; zero if it does not tell the time. */
    public Duration until(Instant moment) {
        return RetryAfter.until(moment, headers);
    }

    /**
     * What it means for an order that the tool did not take: a 4xx comes before anything is done, and some of them ask
     * to be sent again; a 5xx leaves in doubt what was done.
     */
    public ConnectorAnswer notTaken() {
        return meaning().after(retryAfter());
    }

    private ConnectorAnswer meaning() {
        String said = "The tool answered " + status;
        return switch (status / 100) {
                // Some tools send whoever has ordered on to a page about it.
            case 3 -> ConnectorAnswer.ambiguous(said + "; redirects are not followed");
            case 4 -> switch (status) {
                case 401, 403 -> ConnectorAnswer.refused(
                        said + ": it does not let this connector's credential do this");
                case 408, 409 -> ConnectorAnswer.ambiguous(said);
                case 425, 429 -> ConnectorAnswer.notReached(said + ": it wants to be called later");
                default -> ConnectorAnswer.refused(said);
            };
            default -> ConnectorAnswer.ambiguous(said);
        };
    }

    /** What it means for a question that the tool did not answer. */
    public ConnectorAnswer unanswered() {
        return ConnectorAnswer.ambiguous("The tool answered " + status + " when asked")
                .after(retryAfter());
    }
}
