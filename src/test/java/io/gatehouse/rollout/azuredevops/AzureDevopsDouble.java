package io.gatehouse.rollout.azuredevops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.http.ToolDouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Azure DevOps with the pipeline 12 of {@code fabrikam/web shop}, as its REST API reference 7.1 describes it: "Pipelines -
 * Get", "Runs - Run Pipeline", "Runs - Get", "Builds - List", "Builds - Get", "Builds - Update Build", "Timeline - Get" and
 * "Builds - Get Build Log"; the credential, an empty name with a token, as in "Use personal access tokens". A template
 * parameter that the pipeline does not declare is refused. Whoever is not known is shown the page for signing in, with 203.
 */
class AzureDevopsDouble extends ToolDouble {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PROJECT = "/fabrikam/web%20shop/_apis";
    private static final Pattern RUN = Pattern.compile(PROJECT + "/pipelines/12/runs/(\\d+)");
    private static final Pattern BUILD = Pattern.compile(PROJECT + "/build/builds/(\\d+)(/timeline|/logs/(\\d+))?");

    /** A task of a run that goes on; of one that has ended there are three. */
    record Task(String name, String state, @Nullable String result, int log) {}

    /** A run, which is a build too. */
    static final class Run {
        final List<Task> tasks = new ArrayList<>();
        final int id;
        final Map<String, String> parameters;
        String status = "notStarted";

        @Nullable
        String result;

        Instant queued = Instant.now();
        boolean deleted;

        /** Whether it does not show its parameters, which has been seen. */
        boolean secretive;

        Run(int id, Map<String, String> parameters) {
            this.id = id;
            this.parameters = parameters;
        }
    }

    final List<Run> runs = new ArrayList<>();
    final Set<String> declared = new TreeSet<>(Set.of("version", "gatehouseKey"));

    /** What tasks have printed, by the number of the log; the others a line. */
    final Map<Integer, String> printed = new HashMap<>();

    /** The timeline, in place of one of three tasks. */
    @Nullable
    Told timeline;

    /** Takes an order past the connector. */
    Run order(Map<String, String> parameters) {
        Run run = new Run(100 + runs.size(), new LinkedHashMap<>(parameters));
        runs.add(run);
        return run;
    }

    @Override
    protected Told answer(Asked request) {
        // An empty user and the token right-token
        if (!"Basic OnJpZ2h0LXRva2Vu".equals(request.headers().get("authorization"))) {
            return Told.of(203, "<html>Sign In</html>");
        }
        if (!"7.1".equals(request.query().get("api-version"))) {
            return refuse(400, "no version: " + request.line());
        }
        if (request.line().equals("POST " + PROJECT + "/pipelines/12/runs")) {
            return beforeTheOrder == null ? begun(request) : beforeTheOrder;
        }
        Matcher build = BUILD.matcher(request.path());
        if (request.method().equals("PATCH") && build.matches() && build.group(2) == null) {
            return beforeTheStop == null ? of(build.group(1), request, run -> cancelled(run, request)) : beforeTheStop;
        }
        if (!request.method().equals("GET")) {
            return refuse(405, request.line());
        }
        return shown(request);
    }

    private Told shown(Asked request) {
        Matcher run = RUN.matcher(request.path());
        Matcher build = BUILD.matcher(request.path());
        if (run.matches()) {
            return of(run.group(1), request, found -> Told.of(200, asRun(found).toString()));
        }
        if (build.matches()) {
            return of(build.group(1), request, found -> about(found, build, request));
        }
        return switch (request.path()) {
            case PROJECT + "/pipelines/12" -> Told.of(200, "{\"id\": 12, \"name\": \"deploy\", \"revision\": 3}");
            case PROJECT + "/build/builds" -> listed(request);
            default -> refuse(404, request.line());
        };
    }

    private Told cancelled(Run run, Asked request) {
        if (!isJson(request)
                || !read(request.body()).equals(JSON.createObjectNode().put("status", "cancelling"))) {
            return refuse(400, "update " + request.body());
        }
        stopped.add(Integer.toString(run.id));
        run.status = "completed";
        run.result = "canceled";
        return Told.of(200, asBuild(run).toString());
    }

    private interface Showing {
        Told of(Run run);
    }

    private Told of(String id, Asked request, Showing showing) {
        if (request.query().size() > 1) {
            return refuse(400, "parameters of " + request.line());
        }
        return runs.stream()
                .filter(run -> Integer.toString(run.id).equals(id) && !run.deleted)
                .findFirst()
                .map(showing::of)
                .orElse(Told.of(404, "{\"message\": \"not found\"}"));
    }

    private Told about(Run run, Matcher build, Asked request) {
        if (build.group(2) == null) {
            return Told.of(200, asBuild(run).toString());
        }
        if (build.group(3) == null) {
            return timeline == null ? Told.of(200, tasks(run)) : timeline;
        }
        if (!tasks(run).contains("{\"id\": " + build.group(3) + "}")) {
            return refuse(404, "no record has a log " + build.group(3));
        }
        return "text/plain".equals(request.headers().get("accept"))
                ? Told.of(
                        200,
                        printed.getOrDefault(
                                Integer.valueOf(build.group(3)), "log " + build.group(3) + " of run " + run.id + "\n"))
                : refuse(406, "a log as text only");
    }

    private static String tasks(Run run) {
        return run.result == null
                ? run.tasks.stream()
                        .map(task ->
                                "{\"type\": \"Task\", \"name\": \"%s\", \"order\": %d, \"state\": \"%s\", \"result\": %s%s}"
                                        .formatted(
                                                task.name(),
                                                run.tasks.indexOf(task),
                                                task.state(),
                                                task.result() == null ? "null" : "\"" + task.result() + "\"",
                                                // Until it has printed something
                                                task.log() == 0
                                                        ? ", \"log\": null"
                                                        : ", \"log\": {\"id\": " + task.log() + "}"))
                        .collect(Collectors.joining(", ", "{\"records\": [", "]}"))
                : ended(run);
    }

    private static String ended(Run run) {
        return """
                {"records": [
                  {"type": "Job", "name": "deploy", "order": 1, "state": "completed", "result": "%1$s", "log": {"id": 9}},
                  {"type": "Task", "name": "Notify", "order": 1, "state": "completed", "result": "skipped", "startTime": null},
                  {"type": "Task", "name": "Smoke test", "order": 2, "state": "completed", "result": "succeeded", "log": {"id": 8},
                   "startTime": "2026-11-29T20:00:05.12Z"},
                  {"type": "Task", "name": "Install", "order": 3, "state": "completed", "result": "%1$s", "log": {"id": 7},
                   "startTime": "2026-11-29T20:00:01.5Z",
                   "issues": [{"type": "error", "message": "no room"}]}]}
                """
                .formatted(run.result);
    }

    private Told begun(Asked request) {
        JsonNode body = read(request.body());
        Map<String, String> parameters = new HashMap<>();
        body.path("templateParameters")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().textValue()));
        boolean asDocumented = Set.of("templateParameters", "resources").containsAll(names(body)) && isJson(request);
        if (!asDocumented || !declared.containsAll(parameters.keySet())) {
            return Told.of(400, "{\"typeKey\": \"PipelineValidationException\"}");
        }
        Run run = order(parameters);
        run.status = "inProgress";
        return Told.of(200, asRun(run).toString());
    }

    private static boolean isJson(Asked request) {
        return request.headers().getOrDefault("content-type", "").split(";")[0].equals("application/json");
    }

    private static Set<String> names(JsonNode body) {
        Set<String> names = new TreeSet<>();
        body.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private Told listed(Asked request) {
        Map<String, String> wanted = Map.of(
                "definitions", "12",
                "queryOrder", "queueTimeDescending",
                "statusFilter", "all",
                "deletedFilter", "includeDeleted");
        if (!request.query().entrySet().containsAll(wanted.entrySet())
                || request.query().size() != 7) {
            return refuse(400, "which builds? " + request.query());
        }
        int top = Integer.parseInt(request.query().get("$top"));
        Instant since = Instant.parse(request.query().get("minTime"));
        List<ObjectNode> all = runs.stream()
                .filter(run -> run.queued.isAfter(since))
                .sorted((one, other) -> other.queued.compareTo(one.queued))
                .map(this::asBuild)
                .toList();
        List<ObjectNode> page = all.subList(0, Math.min(top, all.size()));
        ObjectNode list = JSON.createObjectNode().put("count", page.size());
        list.putArray("value").addAll(page);
        Told told = Told.of(200, list.toString());
        return page.size() < all.size() ? told.with("x-ms-continuationtoken", "next") : told;
    }

    /** Its results are fewer than a build's. */
    private ObjectNode asRun(Run run) {
        ObjectNode shown = JSON.createObjectNode().put("id", run.id).put("name", "20261129." + run.id);
        shown.put("state", run.result == null ? "inProgress" : "completed");
        shown.set("_links", links(run));
        if (!run.secretive) {
            shown.set("templateParameters", JSON.valueToTree(run.parameters));
        }
        return shown;
    }

    private ObjectNode asBuild(Run run) {
        ObjectNode shown = JSON.createObjectNode().put("id", run.id).put("status", run.status);
        if (run.result != null) {
            shown.put("result", run.result);
        }
        shown.put("queueTime", run.queued.toString()).put("deleted", run.deleted);
        shown.set("_links", links(run));
        return shown;
    }

    private ObjectNode links(Run run) {
        ObjectNode links = JSON.createObjectNode();
        links.putObject("web").put("href", place(run));
        return links;
    }

    String place(Run run) {
        return url("/fabrikam/shop/_build/results?buildId=" + run.id);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
