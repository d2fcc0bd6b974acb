package io.gatehouse.rollout.spinnaker;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An execution of a pipeline as Spinnaker shows it. */
record Execution(JsonNode json) {

    private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");

    /** @throws IOException if it is none */
    static Execution of(JsonNode json) throws IOException {
        if (!isId(json.path("id").asText())
                || !json.path("status").isTextual()
                || !json.path("stages").isArray()) {
            throw new IOException("Spinnaker tells what is no execution");
        }
        return new Execution(json);
    }

    /** @throws IOException if it is no list of executions */
    static List<Execution> listOf(JsonNode json) throws IOException {
        if (!json.isArray()) {
            throw new IOException("Spinnaker tells no executions");
        }
        List<Execution> executions = new ArrayList<>();
        for (JsonNode each : json) {
            executions.add(of(each));
        }
        return executions;
    }

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    String id() {
        return json.path("id").asText();
    }

    boolean wasOrderedWith(String key) {
        return json.path("trigger").path("eventId").asText().equals(key);
    }

    /**
     * What became of it. A failure that a stage was told to ignore is none: Spinnaker then ends as {@code SUCCEEDED}. One
     * that ended without ever having run has done nothing. Without a reference while it goes on.
     */
    ConnectorAnswer answer() {
        return switch (json.path("status").asText()) {
            case "SUCCEEDED" -> ConnectorAnswer.succeeded("Execution " + id() + " succeeded");
            case "FAILED_CONTINUE", "TERMINAL", "CANCELED", "STOPPED", "SKIPPED" -> json.path("startTime")
                            .isIntegralNumber()
                    ? ConnectorAnswer.failed("Execution " + id() + ended())
                    : ConnectorAnswer.refused("Execution " + id() + " did not begin and" + ended());
                // NOT_STARTED, BUFFERED, RUNNING, PAUSED, SUSPENDED, REDIRECT, and what later versions may add.
            default -> ConnectorAnswer.accepted(null);
        };
    }

    private String ended() {
        String by = json.path("canceledBy").asText("");
        String reason = json.path("cancellationReason").asText("");
        return " ended as " + json.path("status").asText()
                + (by.isEmpty() ? "" : " by " + by)
                + (reason.isEmpty() ? "" : ": " + reason);
    }
}
