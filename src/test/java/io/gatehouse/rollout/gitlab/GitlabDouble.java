package io.gatehouse.rollout.gitlab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.gatehouse.rollout.http.ToolDouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A GitLab with the project {@code payments/deploy}, as "REST API", "Pipelines API" and "Jobs API" (GitLab 18) and "Commits
 * API" (GitLab 17) describe it: an order is JSON sent by POST with a token in {@code PRIVATE-TOKEN} and answered by 201 and
 * the pipeline; a list has pages of 20, and no variables; a job that has not begun has no log; a cancellation is answered by
 * 200 in any state.
 */
class GitlabDouble extends ToolDouble {

    private static final String PROJECT = "/gitlab/api/v4/projects/payments%2Fdeploy";
    private static final Pattern PIPELINE = Pattern.compile(PROJECT + "/pipelines/(\\d+)(/variables|/jobs)?");
    private static final Pattern TRACE = Pattern.compile(PROJECT + "/jobs/(\\d+)/trace");
    private static final Pattern COMMIT = Pattern.compile(PROJECT + "/repository/commits/([^/]+)");
    private static final Set<String> PAGE = Set.of("page", "per_page");
    private static final Set<String> LISTING =
            Set.of("scope", "status", "ref", "sha", "source", "order_by", "sort", "page", "per_page", "created_after");

    /** A job of a pipeline. */
    record Job(int id, String name, String status, @Nullable String failureReason, boolean allowFailure) {}

    /** An order and what became of it. */
    static final class Pipeline {
        final int id;
        final Map<String, String> variables;
        final List<Job> jobs = new ArrayList<>();
        String source = "api";
        String status = "created";
        Instant createdAt = Instant.now();

        Pipeline(int id, Map<String, String> variables) {
            this.id = id;
            this.variables = variables;
        }
    }

    final List<Pipeline> pipelines = new ArrayList<>();

    /** What jobs have printed, if not one line; always told as a whole, because no part can be asked for. */
    final Map<Integer, String> traces = new HashMap<>();

    /** Takes an order past the connector. */
    Pipeline order(Map<String, String> variables) {
        Pipeline pipeline = new Pipeline(61 + pipelines.size(), variables);
        pipelines.add(pipeline);
        return pipeline;
    }

    @Override
    protected Told answer(Asked request) {
        if (!"right-token".equals(request.headers().get("private-token"))) {
            return refuse(401, "not signed in: " + request.line());
        }
        if (request.path().equals(PROJECT + "/pipeline")) {
            return beforeTheOrder == null ? created(request) : beforeTheOrder;
        }
        if (request.method().equals("POST")) {
            return cancelled(request);
        }
        if (!request.method().equals("GET")) {
            return refuse(405, request.line());
        }
        if (request.path().equals(PROJECT + "/pipelines")) {
            return list(request.query());
        }
        if (!PAGE.containsAll(request.query().keySet())) {
            return refuse(400, "parameters of " + request.line());
        }
        Matcher commit = COMMIT.matcher(request.path());
        if (commit.matches()) {
            return commit.group(1).equals("release%2F2") ? Told.of(200, "{\"id\":\"384c444e\"}") : notFound("Commit");
        }
        return below(request);
    }

    private Told below(Asked request) {
        Matcher pipeline = PIPELINE.matcher(request.path());
        Matcher trace = TRACE.matcher(request.path());
        if (pipeline.matches()) {
            return pipeline(Integer.parseInt(pipeline.group(1)), String.valueOf(pipeline.group(2)), request.query());
        }
        return trace.matches() && request.query().isEmpty()
                ? trace(Integer.parseInt(trace.group(1)))
                : refuse(404, request.line());
    }

    /** Succeeds whatever the state of the pipeline is, which then shows. */
    private Told cancelled(Asked request) {
        Matcher cancel = Pattern.compile(PROJECT + "/pipelines/(\\d+)/cancel").matcher(request.path());
        if (!cancel.matches() || !request.query().isEmpty() || !request.body().isEmpty()) {
            return refuse(405, request.line());
        }
        if (beforeTheStop != null) {
            return beforeTheStop;
        }
        return pipelines.stream()
                .filter(each -> cancel.group(1).equals(Integer.toString(each.id)))
                .findFirst()
                .map(pipeline -> {
                    if (pipeline.status.equals("running")) {
                        pipeline.status = "canceled";
                    }
                    stopped.add(cancel.group(1));
                    return Told.of(200, json(shown(pipeline)));
                })
                .orElse(notFound("Not found"));
    }

    private Told created(Asked request) {
        if (!request.method().equals("POST")
                || !request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(405, "GitLab takes orders as JSON by POST");
        }
        JsonNode order = tree(request.body());
        if (!order.path("ref").asText().equals("release/2")) {
            return refuse(400, "no such ref");
        }
        Map<String, String> variables = new LinkedHashMap<>();
        order.path("variables")
                .forEach(each -> variables.put(
                        each.get("key").asText(), each.get("value").asText()));
        return Told.of(201, json(shown(order(variables))));
    }

    /** The newest first, those of the source that is asked for, a page at a time. */
    private Told list(Map<String, String> query) {
        if (!LISTING.containsAll(query.keySet())) {
            return refuse(400, "unknown among " + query.keySet());
        }
        return Told.of(
                200,
                json(page(
                                pipelines.stream()
                                        .filter(each -> each.source.equals(query.getOrDefault("source", each.source)))
                                        .sorted(Comparator.comparingInt((Pipeline each) -> each.id)
                                                .reversed()),
                                query)
                        .map(GitlabDouble.this::shown)
                        .toList()));
    }

    private static <T> Stream<T> page(Stream<T> all, Map<String, String> query) {
        int size = Math.min(100, Integer.parseInt(query.getOrDefault("per_page", "20")));
        return all.skip((Long.parseLong(query.getOrDefault("page", "1")) - 1) * size)
                .limit(size);
    }

    private Told pipeline(int id, String below, Map<String, String> query) {
        Pipeline pipeline =
                pipelines.stream().filter(each -> each.id == id).findFirst().orElse(null);
        if (pipeline == null) {
            return notFound("Not found");
        }
        return Told.of(
                200,
                switch (below) {
                    case "/variables" -> json(page(pipeline.variables.entrySet().stream(), query)
                            .map(each ->
                                    Map.of("key", each.getKey(), "value", each.getValue(), "variable_type", "env_var"))
                            .toList());
                    case "/jobs" -> json(page(
                                    pipeline.jobs.stream()
                                            .sorted(Comparator.comparingInt(Job::id)
                                                    .reversed()),
                                    query)
                            .map(GitlabDouble::shown)
                            .toList());
                    default -> json(shown(pipeline));
                });
    }

    private Told trace(int id) {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.jobs.stream())
                .filter(job -> job.id() == id && !job.status().equals("manual"))
                .findFirst()
                .map(job -> Told.of(200, traces.getOrDefault(id, "log of " + job.name() + "\n")))
                .orElse(notFound("Not found"));
    }

    private Map<String, Object> shown(Pipeline pipeline) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", pipeline.id);
        shown.put("iid", pipeline.id - 40);
        shown.put("project_id", 1);
        shown.put("status", pipeline.status);
        shown.put("source", pipeline.source);
        shown.put("ref", "release/2");
        shown.put("sha", "384c444e840a515b23f21915ee5766b87068a70d");
        shown.put("name", null);
        shown.put("web_url", url("/gitlab/payments/deploy/-/pipelines/" + pipeline.id));
        shown.put("created_at", pipeline.createdAt.toString());
        return shown;
    }

    private static Map<String, Object> shown(Job job) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", job.id());
        shown.put("name", job.name());
        shown.put("status", job.status());
        shown.put("allow_failure", job.allowFailure());
        if (job.failureReason() != null) {
            shown.put("failure_reason", job.failureReason());
        }
        return shown;
    }

    private static Told notFound(String what) {
        return Told.of(404, "{\"message\":\"404 " + what + "\"}");
    }

    static JsonNode tree(String text) {
        try {
            return JsonMapper.builder().build().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String json(Object answer) {
        try {
            return JsonMapper.builder().build().writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
