package io.gatehouse.rollout.argocd;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An application as Argo CD shows it. It has at most one operation: {@code operation} from the order until its end, and
 * {@code status.operationState} from its beginning until the next order, which takes it away at once.
 */
record ArgoCdApplication(JsonNode json) {

    private static final Set<String> ENDED = Set.of("Succeeded", "Failed", "Error");

    /** @throws IOException if the tool answered with anything else */
    static ArgoCdApplication of(ToolReply reply) throws IOException {
        JsonNode json = reply.json();
        if (!json.path("metadata").path("name").isTextual()) {
            throw new IOException("The tool answered with what is no application");
        }
        return new ArgoCdApplication(json);
    }

    /** The operation that was ordered and has not ended, or a missing node. */
    JsonNode ordered() {
        return json.path("operation");
    }

    /** The operation that began last, or a missing node. */
    JsonNode begun() {
        return state().path("operation");
    }

    /** When the last operation began, as Argo CD writes it. */
    String begunAt() {
        return state().path("startedAt").asText("");
    }

    String phase() {
        return state().path("phase").asText("");
    }

    String message() {
        return state().path("message").asText("");
    }

    String health() {
        return json.path("status").path("health").path("status").asText("");
    }

    /** The revision the last operation put into the cluster. */
    String synced() {
        return state().path("syncResult").path("revision").asText("");
    }

    String project() {
        String project = json.path("spec").path("project").asText("");
        return project.isEmpty() ? "default" : project;
    }

    boolean isBusy() {
        return ordered().isObject() || (!phase().isEmpty() && !ENDED.contains(phase()));
    }

    boolean isBeingDeleted() {
        return json.path("metadata").path("deletionTimestamp").isTextual();
    }

    boolean hasSeveralSources() {
        return !json.path("spec").path("sources").isEmpty();
    }

    /** Whether its health was looked at after the last operation; before, it is that of what ran until then. */
    boolean isHealthOfNow() {
        return isHealthSince(state().path("finishedAt"));
    }

    private boolean isHealthSince(JsonNode time) {
        Optional<Instant> looked = moment(json.path("status").path("reconciledAt"));
        return moment(time)
                .filter(since -> looked.isPresent() && !looked.get().isBefore(since))
                .isPresent();
    }

    /** Whether it has certainly taken no order since then: any order would have taken the older operation's place. */
    boolean tookNothingSince(Instant moment) {
        return state().isObject()
                ? isBefore(state().path("startedAt"), moment)
                : !ordered().isObject() && isBefore(json.path("metadata").path("creationTimestamp"), moment);
    }

    /**
     * What is to tell about the operation, for people: how far it is, the health as looked at since it began, and each
     * resource, while it goes on only those that it has come to.
     */
    List<String> lines() {
        Stream<String> operation = Stream.of(message().isEmpty() ? phase() : phase() + ": " + message());
        Stream<String> health = Stream.of(health())
                .filter(status -> !status.isEmpty() && isHealthSince(state().path("startedAt")))
                .map(status -> "Health: " + status);
        Stream<String> resources = StreamSupport.stream(
                        state().path("syncResult").path("resources").spliterator(), false)
                .filter(resource -> ENDED.contains(phase()) || hasCome(resource))
                .map(ArgoCdApplication::line);
        return Stream.of(operation, health, resources)
                .flatMap(Function.identity())
                .toList();
    }

    /** A resource that is yet to be applied has no status, and a hook has none at all. */
    private static boolean hasCome(JsonNode resource) {
        return Stream.of("status", "hookPhase")
                .anyMatch(field -> !resource.path(field).asText("").isEmpty());
    }

    private static String line(JsonNode resource) {
        return Stream.of("kind", "namespace", "name", "status", "hookPhase", "message")
                .map(field -> resource.path(field).asText(""))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private JsonNode state() {
        return json.path("status").path("operationState");
    }

    private static boolean isBefore(JsonNode text, Instant moment) {
        return moment(text).map(told -> told.isBefore(moment)).orElse(false);
    }

    private static Optional<Instant> moment(JsonNode text) {
        try {
            return Optional.of(Instant.parse(text.asText("")));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }
}
