package io.gatehouse.rollout.spinnaker;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A pipeline as its team has defined it. */
record PipelineDefinition(JsonNode json) {

    /** @throws IOException if it is none */
    static PipelineDefinition of(JsonNode json) throws IOException {
        if (!json.path("id").isTextual() || !json.path("application").isTextual()) {
            throw new IOException("Spinnaker tells no pipeline");
        }
        return new PipelineDefinition(json);
    }

    /** Why an order as configured would not do what it is meant to, if so. */
    Optional<String> objection(SpinnakerSettings settings) {
        // An id names a pipeline of any application.
        String application = json.path("application").asText();
        if (!application.equalsIgnoreCase(settings.application())) {
            return Optional.of("is one of the application " + application);
        }
        if (json.path("disabled").asBoolean()) {
            return Optional.of("is disabled");
        }
        Set<String> missing = declared(PipelineDefinition::mustBeGiven);
        missing.removeAll(settings.parameters().keySet());
        if (!missing.isEmpty()) {
            return Optional.of("also needs " + missing);
        }
        // Spinnaker takes any parameter: one with another name would leave the pipeline's own at its default.
        Set<String> undeclared = new TreeSet<>(settings.parameters().keySet());
        undeclared.removeAll(declared(parameter -> true));
        return undeclared.isEmpty() || isOfATemplate()
                ? Optional.empty()
                : Optional.of("does not declare " + undeclared);
    }

    /** What it inherits from its template is not shown. */
    private boolean isOfATemplate() {
        return json.path("type").asText().equals("templatedPipeline");
    }

    private Set<String> declared(Predicate<JsonNode> which) {
        Stream<JsonNode> parameters =
                StreamSupport.stream(json.path("parameterConfig").spliterator(), false);
        return parameters
                .filter(which)
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean mustBeGiven(JsonNode parameter) {
        return parameter.path("required").asBoolean() && !parameter.hasNonNull("default");
    }
}
