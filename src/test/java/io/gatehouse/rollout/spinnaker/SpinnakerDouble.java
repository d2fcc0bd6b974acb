package io.gatehouse.rollout.spinnaker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.http.ToolDouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Spinnaker with the pipeline {@code Deploy & test} of the application {@code payments}, as the API descriptions in the
 * controllers of Gate and Orca 2026.2 and the guides "Search for Triggered Pipeline Executions" and "Pipeline
 * Expressions" describe it: a trigger is a JSON object and answered by 202 and a reference; parameters that are not
 * declared are kept, and those that are required must be there; an expression in a parameter is computed; an order with
 * the {@code correlationId} of an execution that goes on is answered with that one; lists leave out what stages worked
 * with if they are not to be expanded; a stage has one of the statuses that Orca knows; a cancelled execution tells who
 * did it and why.
 */
class SpinnakerDouble extends ToolDouble {

    static final String PIPELINE = "/gate/pipelines/payments/Deploy%20%26%20test";
    static final String DEFINITION = "/gate/applications/payments/pipelineConfigs/Deploy%20%26%20test";

    private static final String SEARCH = "/gate/applications/payments/executions/search";
    private static final Pattern EXECUTION = Pattern.compile("/gate/pipelines/([^/]+)(/cancel)?");
    private static final Set<String> GOES_ON =
            Set.of("NOT_STARTED", "BUFFERED", "RUNNING", "PAUSED", "SUSPENDED", "REDIRECT");
    private static final Set<String> STATUSES = Set.of(
            "NOT_STARTED",
            "RUNNING",
            "PAUSED",
            "SUSPENDED",
            "SUCCEEDED",
            "FAILED_CONTINUE",
            "TERMINAL",
            "CANCELED",
            "REDIRECT",
            "STOPPED",
            "SKIPPED",
            "BUFFERED");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Oldest first. */
    final List<ObjectNode> executions = new ArrayList<>();

    /** What the definition of the pipeline says. */
    final ObjectNode definition = JSON.createObjectNode();

    /** Whether the pipeline was deleted: its executions are then in no search. */
    boolean deleted;

    /** What there is to say about one execution as a whole, in place of that. */
    @Nullable
    Told whole;

    SpinnakerDouble() {
        definition.put("id", "5a1f2c3d-0000-4000-8000-000000000001");
        definition.put("name", "Deploy & test");
        definition.put("application", "payments");
        definition.put("limitConcurrent", true);
        declare("version", true);
    }

    ObjectNode declare(String parameter, boolean required) {
        return definition
                .withArray("parameterConfig")
                .addObject()
                .put("name", parameter)
                .put("required", required);
    }

    /** Takes an order past the connector. */
    ObjectNode start(JsonNode trigger) {
        ObjectNode execution = JSON.createObjectNode();
        execution.put("type", "PIPELINE");
        execution.put("id", "01KBA%021d".formatted(executions.size() + 1));
        execution.put("application", "payments");
        execution.put("name", "Deploy & test");
        execution.put("buildTime", Instant.now().toEpochMilli());
        execution.putNull("startTime");
        execution.put("canceled", false);
        execution.put("status", "NOT_STARTED");
        execution.set("trigger", trigger);
        execution.putArray("stages");
        executions.add(execution);
        return execution;
    }

    ObjectNode startWithKey(String key) {
        return start(JSON.createObjectNode().put("type", "manual").put("eventId", key));
    }

    /** Lets an execution begin and come so far. */
    void become(String status) {
        ObjectNode execution = executions.get(0);
        execution.put("startTime", Instant.now().toEpochMilli());
        execution.put("status", status);
    }

    ObjectNode stage(String name, String status, @Nullable Long startTime) {
        ObjectNode stage = executions.get(0).withArray("stages").addObject();
        stage.put("name", name).put("status", status).put("startTime", startTime);
        stage.putObject("context");
        return stage;
    }

    @Override
    protected Told answer(Asked request) {
        if (!"Bearer right-token".equals(request.headers().get("authorization"))) {
            return Told.of(401, "");
        }
        Matcher execution = EXECUTION.matcher(request.path());
        if (request.line().equals("POST " + PIPELINE)) {
            return beforeTheOrder == null ? ordered(request) : beforeTheOrder;
        }
        if (execution.matches()) {
            return about(execution.group(1), request, execution.group(2) != null);
        }
        return switch (request.line()) {
            case "GET " + DEFINITION -> definition(request.query());
            case "GET /gate/executions" -> listed(request.query());
            case "GET " + SEARCH -> found(request.query());
            default -> refuse(404, request.line());
        };
    }

    private Told definition(Map<String, String> query) {
        if (!query.isEmpty()) {
            return refuse(400, "a definition with " + query);
        }
        return deleted ? Told.of(404, "") : Told.of(200, definition.toString());
    }

    private Told ordered(Asked request) {
        if (!request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(415, "Unsupported media type");
        }
        JsonNode trigger = read(request.body());
        Set<String> fields = new TreeSet<>();
        trigger.fieldNames().forEachRemaining(fields::add);
        if (!fields.equals(Set.of("type", "parameters", "eventId", "correlationId"))
                || !request.query().isEmpty()
                || !trigger.path("type").asText().equals("manual")) {
            return refuse(400, "a trigger of " + fields);
        }
        Optional<String> missing = each(definition.path("parameterConfig"))
                .filter(parameter -> parameter.path("required").asBoolean() && !parameter.has("default"))
                .map(parameter -> parameter.path("name").asText())
                .filter(name -> !trigger.path("parameters").has(name))
                .findFirst();
        if (missing.isPresent()) {
            return Told.of(400, "{\"message\": \"Required parameter " + missing.get() + " is missing\"}");
        }
        ObjectNode execution =
                goesOnAs(trigger.path("correlationId").asText()).orElseGet(() -> start(computed(trigger)));
        return Told.of(202, "{\"ref\": \"/pipelines/" + execution.path("id").asText() + "\"}");
    }

    private Optional<ObjectNode> goesOnAs(String correlation) {
        return executions.stream()
                .filter(one -> GOES_ON.contains(one.path("status").asText()))
                .filter(one ->
                        one.path("trigger").path("correlationId").asText().equals(correlation))
                .findFirst();
    }

    private static JsonNode computed(JsonNode trigger) {
        ObjectNode parameters = (ObjectNode) trigger.path("parameters");
        parameters.properties().forEach(each -> {
            if (each.getValue().asText().contains("${")) {
                each.setValue(JSON.getNodeFactory().textNode("computed"));
            }
        });
        return trigger;
    }

    private Told about(String id, Asked request, boolean cancel) {
        Optional<ObjectNode> execution = executions.stream()
                .filter(one -> one.path("id").asText().equals(id))
                .findFirst();
        if (cancel && request.method().equals("PUT")) {
            return beforeTheStop == null ? cancelled(execution, request) : beforeTheStop;
        }
        if (cancel || !request.method().equals("GET") || !request.query().isEmpty()) {
            return refuse(405, request.line());
        }
        return whole == null
                ? execution.map(one -> Told.of(200, one.toString())).orElse(Told.of(404, ""))
                : whole;
    }

    private Told cancelled(Optional<ObjectNode> execution, Asked request) {
        if (!request.query().keySet().equals(Set.of("reason")) || execution.isEmpty()) {
            return refuse(400, "cancel " + request.query());
        }
        stopped.add(execution.get().path("id").asText());
        execution.get().put("canceled", true).put("canceledBy", "gatehouse").put("status", "CANCELED");
        execution.get().put("cancellationReason", request.query().get("reason"));
        return Told.of(200, "");
    }

    private Told listed(Map<String, String> query) {
        if (!query.keySet().equals(Set.of("executionIds", "expand"))
                || !query.get("executionIds").matches("[0-9A-Za-z-]+")
                || !"false".equals(query.get("expand"))) {
            return refuse(400, "which executions? " + query);
        }
        return unexpanded(one -> one.path("id").asText().equals(query.get("executionIds")));
    }

    private Told found(Map<String, String> query) {
        if (!query.keySet().equals(Set.of("eventId", "triggerTimeStartBoundary", "expand"))
                || !"false".equals(query.get("expand"))) {
            return refuse(400, "which executions? " + query);
        }
        long since = Long.parseLong(query.get("triggerTimeStartBoundary"));
        return unexpanded(one -> !deleted
                && one.path("buildTime").asLong() >= since
                && one.path("trigger").path("eventId").asText().equals(query.get("eventId")));
    }

    private Told unexpanded(Predicate<ObjectNode> which) {
        Optional<String> unknown = executions.stream()
                .flatMap(execution -> each(execution.path("stages")))
                .map(stage -> stage.path("status").asText())
                .filter(status -> !STATUSES.contains(status))
                .findFirst();
        if (unknown.isPresent()) {
            return refuse(500, "a stage that is " + unknown.get());
        }
        ArrayNode list = JSON.createArrayNode();
        executions.stream().filter(which).map(ObjectNode::deepCopy).forEach(one -> {
            one.path("stages").forEach(stage -> ((ObjectNode) stage).putObject("context"));
            list.add(one);
        });
        return Told.of(200, list.toString());
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
