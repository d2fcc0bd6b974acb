package io.gatehouse.rollout.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.StreamSupport;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP API of a Prometheus (v1; docs/connectors.md), or of what answers like one. A question about one number is
 * answered by one number or by a sentence why there is none: {@code FAILED} if the data are not there or not one series,
 * {@code REFUSED} if the query is none, {@code AMBIGUOUS} or {@code NOT_REACHED} if Prometheus could not tell.
 */
record PrometheusApi(ToolApi api) {

    /** @param at when it was so, by the clock of Prometheus */
    record Sample(Instant at, double value) {}

    interface Reading<T> {
        ConnectorAnswer of(T read) throws IOException;
    }

    /** What is known of annotations that may be wrong about the data; older versions mix them with the warnings. */
    private static final String INFO = "PromQL info";

    /**
     * Asks for one number.
     *
     * @param time when; null for now, by the clock of Prometheus
     */
    ConnectorAnswer instant(String query, @Nullable Instant time, Reading<Sample> reading) {
        Map<String, String> asked = new HashMap<>(Map.of("query", query));
        if (time != null) {
            asked.put("time", time.toString());
        }
        return ask(api.address(asked, "api", "v1", "query"), data -> {
            JsonNode result = data.path("result");
            return switch (data.path("resultType").asText()) {
                case "scalar" -> sample(result, reading);
                case "vector" -> result.size() == 1 ? sample(result.get(0).path("value"), reading) : notOne(result);
                default -> ConnectorAnswer.refused("The query gives no number but a "
                        + data.path("resultType").asText("nothing"));
            };
        });
    }

    /** Asks for one number again and again, from a moment to another. What is no number is left out; there may be none. */
    ConnectorAnswer range(String query, Instant start, Instant end, Duration step, Reading<double[]> reading) {
        Map<String, String> asked = Map.of(
                "query",
                query,
                "start",
                start.toString(),
                "end",
                end.toString(),
                "step",
                step.toMillis() / 1000.0 + "");
        return ask(api.address(asked, "api", "v1", "query_range"), data -> {
            JsonNode result = data.path("result");
            if (!data.path("resultType").asText().equals("matrix") || !result.isArray()) {
                throw new IOException("Prometheus answered a range with no matrix");
            }
            return result.size() > 1
                    ? notOne(result)
                    : reading.of(values(result.path(0).path("values")));
        });
    }

    private ConnectorAnswer ask(URI question, Reading<JsonNode> reading) {
        return api.exchange(new HttpGet(question), reply -> {
            if (reply.status() == 422) {
                return ConnectorAnswer.failed("Prometheus cannot carry out the query: " + errorIn(reply));
            }
            if (!reply.isSuccess()) {
                return reply.notTaken().adding(": " + errorIn(reply));
            }
            JsonNode json = reply.json();
            if (!json.path("status").asText().equals("success")) {
                throw new IOException("Prometheus answered with status " + json.path("status"));
            }
            String warning = warningIn(json);
            return warning.isEmpty()
                    ? reading.of(json.path("data"))
                    : ConnectorAnswer.ambiguous("Prometheus warns that the answer may be incomplete: " + warning);
        });
    }

    private static String errorIn(ToolReply reply) {
        try {
            return reply.json().path("error").asText("no reason given");
        } catch (IOException none) {
            return "no reason given";
        }
    }

    private static String warningIn(JsonNode json) {
        return StreamSupport.stream(json.path("warnings").spliterator(), false)
                .map(JsonNode::asText)
                .filter(warning -> !warning.startsWith(INFO))
                .findFirst()
                .orElse("");
    }

    private static ConnectorAnswer sample(JsonNode pair, Reading<Sample> reading) throws IOException {
        if (pair.size() != 2) {
            return ConnectorAnswer.refused("The query gives no number but a histogram");
        }
        double value = number(pair.get(1));
        return Double.isFinite(value)
                ? reading.of(
                        new Sample(Instant.ofEpochMilli(Math.round(pair.get(0).asDouble() * 1000)), value))
                : ConnectorAnswer.failed("The query gives " + pair.get(1).asText() + ", which is no number to compare");
    }

    private static double[] values(JsonNode pairs) {
        return StreamSupport.stream(pairs.spliterator(), false)
                .flatMapToDouble(pair -> DoubleStream.of(number(pair.path(1))))
                .filter(Double::isFinite)
                .toArray();
    }

    /** NaN for all that is none; Prometheus writes {@code +Inf}, too. */
    private static double number(JsonNode text) {
        try {
            return Double.parseDouble(text.asText());
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    private static ConnectorAnswer notOne(JsonNode series) {
        return ConnectorAnswer.failed(
                series.isEmpty()
                        ? "The query finds no data"
                        : "The query finds " + series.size() + " series and not one, such as "
                                + series.get(0).path("metric") + " and "
                                + series.get(1).path("metric") + "; sum them up or take the greatest");
    }
}
