package io.gatehouse.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Deployment (apps/v1) as the API server shows it. */
record Deployment(JsonNode shown) {

    String uid() {
        return metadata().path("uid").asText();
    }

    /** Changes with whatever is written; an order that names an older one is not taken. */
    String resourceVersion() {
        return metadata().path("resourceVersion").asText();
    }

    String annotation(String name) {
        return metadata().path("annotations").path(name).asText();
    }

    JsonNode template() {
        return spec().path("template");
    }

    /** Nothing is rolled out while it is. */
    boolean isPaused() {
        return spec().path("paused").asBoolean();
    }

    /** The image that the container is to have; none if there is no such container. */
    Optional<String> image(String container) {
        return each(template().path("spec").path("containers"))
                .filter(one -> one.path("name").asText().equals(container))
                .map(one -> one.path("image").asText())
                .findFirst();
    }

    /** The labels of its ReplicaSets, as a selector in a query; empty if it selects by expressions only. */
    String selector() {
        return spec().path("selector").path("matchLabels").properties().stream()
                .map(label -> label.getKey() + "=" + label.getValue().asText())
                .collect(Collectors.joining(","));
    }

    /** Whether the controller has taken notice of all that was written; until then its status is of something older. */
    boolean isObserved() {
        return metadata().path("generation").asLong(Long.MAX_VALUE)
                <= status().path("observedGeneration").asLong();
    }

    String generation() {
        return metadata().path("generation").asText();
    }

    /**
     * How far it is rolled out, as {@code kubectl rollout status} tells it: ended when every pod there is belongs to the
     * newest revision and is available. A condition other than the exceeded deadline may yet pass.
     */
    ConnectorAnswer rollout() {
        ConnectorAnswer goesOn = ConnectorAnswer.accepted("generation/" + generation());
        if (!isObserved()) {
            return goesOn;
        }
        Optional<JsonNode> late = conditions()
                .filter(one -> one.path("type").asText().equals("Progressing"))
                .filter(one -> one.path("reason").asText().equals("ProgressDeadlineExceeded"))
                .findFirst();
        if (late.isPresent()) {
            return ConnectorAnswer.failed("The roll-out exceeded its progress deadline: "
                    + late.get().path("message").asText());
        }
        return hasOnlyNewPods() ? ConnectorAnswer.succeeded("All pods are new and available") : goesOn;
    }

    /** The API server leaves out what is zero. */
    private boolean hasOnlyNewPods() {
        long wanted = spec().path("replicas").asLong(1);
        long updated = status().path("updatedReplicas").asLong();
        return updated >= wanted
                && status().path("replicas").asLong() <= updated
                && status().path("availableReplicas").asLong() >= updated;
    }

    /** How many pods there are, in a line. */
    String toldProgress() {
        return "%d of %d pods are new, %d in all, %d available\n"
                .formatted(
                        status().path("updatedReplicas").asLong(),
                        spec().path("replicas").asLong(1),
                        status().path("replicas").asLong(),
                        status().path("availableReplicas").asLong());
    }

    /** The conditions, a line each. */
    String toldConditions() {
        return conditions()
                .map(one -> Stream.of("type", "status", "reason", "message")
                                .map(field -> one.path(field).asText())
                                .collect(Collectors.joining(" "))
                        + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Whether it certainly has not been written to since. Each write is kept with its time in {@code managedFields} until
     * a later one has taken all its fields; those through the subresources for status and scale cannot take ours.
     */
    boolean isUntouchedSince(Instant moment) {
        List<JsonNode> writes = each(metadata().path("managedFields"))
                .filter(write -> !List.of("status", "scale")
                        .contains(write.path("subresource").asText()))
                .toList();
        return !writes.isEmpty()
                && isBefore(metadata().path("creationTimestamp"), moment)
                && writes.stream().allMatch(write -> isBefore(write.path("time"), moment));
    }

    private static boolean isBefore(JsonNode time, Instant moment) {
        try {
            return Instant.parse(time.asText()).isBefore(moment);
        } catch (DateTimeException untold) {
            return false;
        }
    }

    private Stream<JsonNode> conditions() {
        return each(status().path("conditions"));
    }

    private JsonNode metadata() {
        return shown.path("metadata");
    }

    private JsonNode spec() {
        return shown.path("spec");
    }

    private JsonNode status() {
        return shown.path("status");
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
