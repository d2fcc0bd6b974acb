package io.gatehouse.rollout.azuredevops;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.http.ToolApi;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpPost;

/** The addresses of a pipeline and its runs; a run is a build by the same number. */
class Pipeline {

    /** How many runs are looked through for a key. */
    static final int RUNS = 20;

    private static final String VERSION = "7.1";

    private final ToolApi api;
    private final AzureDevopsSettings settings;

    Pipeline(ToolApi api, AzureDevopsSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    HttpGet itself() {
        return new HttpGet(address(Map.of(), "pipelines", number()));
    }

    HttpPost run(Map<String, String> parameters) {
        HttpPost order = new HttpPost(address(Map.of(), "pipelines", number(), "runs"));
        Map<String, Object> body = new TreeMap<>(Map.of("templateParameters", parameters));
        if (settings.ref() != null) {
            body.put("resources", Map.of("repositories", Map.of("self", Map.of("refName", settings.ref()))));
        }
        order.setEntity(ToolApi.json(body));
        return order;
    }

    /** A run with the parameters it was given. */
    HttpGet run(String id) {
        return new HttpGet(address(Map.of(), "pipelines", number(), "runs", id));
    }

    /** The same run with its status and result, which say more as a build. */
    HttpGet build(String id) {
        return new HttpGet(address(Map.of(), "build", "builds", id));
    }

    /** A build that is to be cancelled. */
    HttpPatch cancel(String id) {
        HttpPatch update = new HttpPatch(address(Map.of(), "build", "builds", id));
        update.setEntity(ToolApi.json(Map.of("status", "cancelling")));
        return update;
    }

    HttpGet timeline(String id) {
        return new HttpGet(address(Map.of(), "build", "builds", id, "timeline"));
    }

    HttpGet log(String id, String log) {
        HttpGet text = new HttpGet(address(Map.of(), "build", "builds", id, "logs", log));
        text.setHeader("Accept", "text/plain");
        return text;
    }

    /** The runs since a moment. The deleted ones too: one that is missing would count as never begun. */
    HttpGet since(Instant moment) {
        return new HttpGet(address(
                Map.of(
                        "definitions",
                        number(),
                        "queryOrder",
                        "queueTimeDescending",
                        "minTime",
                        moment.truncatedTo(ChronoUnit.SECONDS).toString(),
                        "statusFilter",
                        "all",
                        "deletedFilter",
                        "includeDeleted",
                        "$top",
                        Integer.toString(RUNS)),
                "build",
                "builds"));
    }

    /** What a build's status and result mean; one that is not known yet goes on being asked. */
    static ConnectorAnswer state(JsonNode build, String id) {
        String result = build.path("result").asText();
        boolean completed = build.path("status").asText().equals("completed");
        return switch (completed ? result : "") {
            case "succeeded" -> ConnectorAnswer.succeeded("Run " + id + " succeeded");
            case "partiallySucceeded", "failed", "canceled" -> ConnectorAnswer.failed(
                    "Run " + id + " ended as " + result);
            default -> ConnectorAnswer.accepted(id);
        };
    }

    private String number() {
        return Integer.toString(settings.pipeline());
    }

    private URI address(Map<String, String> query, String... resource) {
        Map<String, String> all = new TreeMap<>(query);
        all.put("api-version", VERSION);
        String[] path = Stream.concat(
                        Stream.of(settings.organization(), settings.project(), "_apis"), Stream.of(resource))
                .toArray(String[]::new);
        return api.address(all, path);
    }
}
