package io.gatehouse.rollout.spinnaker;

import io.gatehouse.rollout.http.ToolApi;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where things are in the API of a Spinnaker, and where people see them. */
record SpinnakerPlaces(ToolApi api, SpinnakerSettings settings) {

    /** The definition of the pipeline. */
    URI pipeline() {
        return api.address("applications", settings.application(), "pipelineConfigs", settings.pipeline());
    }

    URI orders() {
        return api.address("pipelines", settings.application(), settings.pipeline());
    }

    /** A list of one execution, without what its stages worked with, which can be megabytes. */
    URI state(String id) {
        return api.address(Map.of("executionIds", id, "expand", "false"), "executions");
    }

    /**
     * The executions with this key that were ordered since then, whichever pipeline of the application they are of: it
     * may have been renamed meanwhile.
     */
    URI withKey(String key, Instant since) {
        return api.address(
                Map.of(
                        "eventId",
                        key,
                        "triggerTimeStartBoundary",
                        Long.toString(since.toEpochMilli()),
                        "expand",
                        "false"),
                "applications",
                settings.application(),
                "executions",
                "search");
    }

    /** All there is about an execution. */
    URI whole(String id) {
        return api.address("pipelines", id);
    }

    URI cancel(String id) {
        return api.address(Map.of("reason", "Stopped by Gatehouse"), "pipelines", id, "cancel");
    }

    /** For people. */
    @Nullable
    String page(String id) {
        return settings.ui() == null
                ? null
                : settings.ui().replaceFirst("/+$", "") + "/#/applications/" + settings.application()
                        + "/executions/details/" + id;
    }
}
