package io.gatehouse.rollout.awx;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * What AWX says a launch of the template needs and takes. It ignores whatever the template does not ask for, and runs the
 * job without.
 */
record LaunchDescription(JsonNode json) {

    /** Why the template cannot be launched as configured, if so. */
    Optional<String> objection(AwxSettings settings) {
        if (!json.path("ask_variables_on_launch").asBoolean()) {
            return Optional.of("does not ask for variables on launch, so AWX would ignore all of them");
        }
        if (settings.limitParameter() != null
                && !json.path("ask_limit_on_launch").asBoolean()) {
            return Optional.of("does not ask for a limit on launch, so AWX would run it on all hosts");
        }
        if (json.path("defaults").path("job_slice_count").asInt(1) > 1) {
            return Optional.of("is sliced, and a launch would be a workflow and no job");
        }
        if (json.path("inventory_needed_to_start").asBoolean()) {
            return Optional.of("has no inventory");
        }
        return missing(settings);
    }

    private Optional<String> missing(AwxSettings settings) {
        Set<String> missing = names("passwords_needed_to_start");
        Set<String> variables = names("variables_needed_to_start");
        variables.removeAll(settings.parameters().keySet());
        if (settings.limitParameter() != null
                && names("variables_needed_to_start").contains(settings.limitParameter())) {
            variables.add(settings.limitParameter());
        }
        missing.addAll(variables);
        return missing.isEmpty() ? Optional.empty() : Optional.of("also needs " + missing);
    }

    private Set<String> names(String field) {
        Set<String> names = new TreeSet<>();
        StreamSupport.stream(json.path(field).spliterator(), false).forEach(name -> names.add(name.asText()));
        return names;
    }
}
