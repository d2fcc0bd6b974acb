package io.gatehouse.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod (v1) as the API server shows it. */
record Pod(JsonNode shown) {

    /** Names that are longer do not fit into a reference; those of a Deployment's pods rarely are. */
    static final String NAME = "[a-z0-9](?:[-a-z0-9.]{0,98}[a-z0-9])?";

    /** Whoever is not ready has the more telling log; then the one that is followed already, then the oldest. */
    static Comparator<Pod> mostTelling(@Nullable String followed) {
        return Comparator.comparing(Pod::isReady)
                .thenComparing(pod -> !pod.name().equals(followed))
                .thenComparing(pod -> pod.metadata().path("creationTimestamp").asText())
                .thenComparing(Pod::name);
    }

    String name() {
        return metadata().path("name").asText();
    }

    boolean isNamedShortly() {
        return name().matches(NAME);
    }

    String annotation(String name) {
        return metadata().path("annotations").path(name).asText();
    }

    boolean isOfReplicaSet(String name) {
        return Deployment.each(metadata().path("ownerReferences"))
                .anyMatch(owner -> owner.path("kind").asText().equals("ReplicaSet")
                        && owner.path("name").asText().equals(name));
    }

    String firstContainer() {
        return shown.path("spec").path("containers").path(0).path("name").asText();
    }

    private boolean isReady() {
        return Deployment.each(shown.path("status").path("conditions"))
                .anyMatch(one -> one.path("type").asText().equals("Ready")
                        && one.path("status").asText().equals("True"));
    }

    /** Why containers of it do not run, a line each. */
    String toldWaiting() {
        return Deployment.each(shown.path("status").path("containerStatuses"))
                .filter(one -> one.path("state").path("waiting").has("reason"))
                .map(one -> Stream.of(
                                name(),
                                one.path("name").asText(),
                                one.path("state").path("waiting").path("reason").asText(),
                                one.path("state")
                                        .path("waiting")
                                        .path("message")
                                        .asText())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" ", "", "\n")))
                .collect(Collectors.joining());
    }

    private JsonNode metadata() {
        return shown.path("metadata");
    }
}
