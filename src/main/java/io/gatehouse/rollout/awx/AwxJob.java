package io.gatehouse.rollout.awx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** A job as AWX shows it. */
record AwxJob(JsonNode json) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What AWX shows in place of a variable that its survey declares a password. */
    private static final String HIDDEN = "$encrypted$";

    /** @throws IOException if it is none */
    static AwxJob of(JsonNode json) throws IOException {
        if (!json.path("id").canConvertToLong() || !json.path("status").isTextual()) {
            throw new IOException("The tool answered with what is no job");
        }
        return new AwxJob(json);
    }

    String id() {
        return json.path("id").asText();
    }

    /**
     * Whether it is the job that was launched with this key. One that people or a schedule started from it has the same
     * variables. Those of other jobs may be written in YAML, so they are not read; a key is part of no other text.
     */
    boolean wasLaunchedWith(String key) {
        return json.path("launch_type").asText().equals("manual") && variables().contains(key);
    }

    boolean isRunning() {
        return text("status").equals("running");
    }

    boolean isOlderThan(Instant moment) {
        try {
            return Instant.parse(json.path("created").asText("")).isBefore(moment);
        } catch (DateTimeParseException none) {
            return false;
        }
    }

    /**
     * What became of it.
     *
     * @param variables what it was ordered with
     * @param limit the hosts it was ordered for; empty if that is the template's business
     */
    ConnectorAnswer answer(Map<String, String> variables, String limit) throws IOException {
        String status = json.path("status").asText();
        return switch (status) {
            case "successful" -> ranWith(variables) && (limit.isEmpty() || limit.equals(text("limit")))
                    ? ConnectorAnswer.succeeded("Job " + id() + " succeeded")
                    : ConnectorAnswer.failed("Job " + id() + " ran, but not with the variables and the limit ordered");
            case "failed", "error" -> ConnectorAnswer.failed(ended(status));
            case "canceled" -> json.path("started").isTextual()
                    ? ConnectorAnswer.failed(ended(status))
                    : ConnectorAnswer.refused("Job " + id() + " was canceled before it began");
                // new, pending, waiting, running, and what later versions may add.
            default -> ConnectorAnswer.accepted(id());
        };
    }

    private String ended(String status) {
        String explanation = text("job_explanation");
        return "Job " + id() + " ended as " + status + (explanation.isEmpty() ? "" : ": " + explanation);
    }

    /** AWX ignores what a template has stopped asking for since that was looked at. */
    private boolean ranWith(Map<String, String> ordered) throws IOException {
        JsonNode ran = read(variables());
        return ordered.entrySet().stream().allMatch(variable -> {
            String value = ran.path(variable.getKey()).asText("");
            return value.equals(variable.getValue()) || value.equals(HIDDEN);
        });
    }

    private static JsonNode read(String text) throws IOException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException none) {
            throw new IOException("The variables of the job are no JSON", none);
        }
    }

    private String variables() {
        return text("extra_vars");
    }

    private String text(String field) {
        return json.path(field).asText("");
    }
}
