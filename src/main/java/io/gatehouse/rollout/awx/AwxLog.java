package io.gatehouse.rollout.awx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a job prints we have; as a reference, {@code 40} or {@code 40/17/25}.
 *
 * @param job only digits
 * @param events how many of its events
 * @param lines how many lines of its output these are
 */
record AwxLog(String job, long events, long lines) {

    private static final Pattern REFERENCE = Pattern.compile("(\\d{1,18})(?:/(\\d{1,18})/(\\d{1,18}))?");
    private static final JsonNode NONE = MissingNode.getInstance();
    private static final Pattern COLOURS = Pattern.compile("\\x1b\\[[0-9;]*[A-Za-z]");

    static AwxLog of(String job) {
        return new AwxLog(job, 0, 0);
    }

    static Optional<AwxLog> parse(@Nullable String reference) {
        Matcher parts = REFERENCE.matcher(reference == null ? "" : reference);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                parts.group(2) == null
                        ? of(parts.group(1))
                        : new AwxLog(parts.group(1), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))));
    }

    String reference() {
        return events == 0 ? job : job + "/" + events + "/" + lines;
    }

    /** Keeps what it has printed since; what cannot be had now comes with the next question. */
    AwxLog more(ToolApi api, AwxPlaces places, ConnectorCall call) {
        AwxLog now = this;
        StringBuilder printed = new StringBuilder();
        for (JsonNode event : since(api, places)) {
            // AWX stores events side by side: one that is missing yet comes before those that are there.
            if (event.path("counter").asLong() != now.events() + 1) {
                break;
            }
            printed.append(textOf(event));
            now = new AwxLog(
                    job,
                    now.events() + 1,
                    Math.max(now.lines(), event.path("end_line").asLong()));
        }
        if (!printed.isEmpty()) {
            call.log().accept(printed.toString());
        }
        return now;
    }

    private JsonNode since(ToolApi api, AwxPlaces places) {
        Optional<ToolReply> reply = api.beginning(new HttpGet(places.events(job, events)));
        try {
            return reply.isPresent() ? reply.get().json().path("results") : NONE;
        } catch (IOException none) {
            return NONE;
        }
    }

    private static String textOf(JsonNode event) {
        String text = COLOURS.matcher(event.path("stdout").asText("")).replaceAll("");
        return text.isEmpty() ? "" : text.replace("\r\n", "\n") + "\n";
    }

    /** The rest of what it printed, once it has ended. */
    String rest(ToolApi api, AwxPlaces places) {
        HttpGet whole = new HttpGet(places.log(job));
        return lines == 0
                ? api.log(whole)
                : api.beginning(whole)
                        .map(reply -> reply.text().lines().skip(lines).collect(Collectors.joining("\n", "", "\n")))
                        .orElse("The rest of the log could not be fetched");
    }
}
