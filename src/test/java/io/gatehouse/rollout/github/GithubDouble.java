package io.gatehouse.rollout.github;

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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GitHub with the workflow {@code deploy.yml} of {@code acme/payments}, whose title is its key, as "REST API endpoints
 * for workflows", "workflow runs", "workflow jobs",
 * "Create a repository dispatch event" and "deployments" describe it: an order is JSON sent by POST with the version of the
 * API, answered by 200 and the run since 2026-03-10 and by 204 before that; an input that the workflow does not declare
 * is refused; a run is listed only after a while, and one at a time is shown sooner; logs are redirects. An event is answered by 204, and
 * the workflow runs if it is of the type {@code deploy}. A deployment is answered by 201, or by 409 if commit statuses it
 * needs are no success, and tells how far it is by what was written to it.
 */
class GithubDouble extends ToolDouble {

    private static final String REPOSITORY = "/api/v3/repos/acme/payments";
    private static final String ACTIONS = REPOSITORY + "/actions";
    private static final String WORKFLOW = ACTIONS + "/workflows/deploy.yml";
    private static final String DEPLOYMENTS = REPOSITORY + "/deployments";
    private static final Set<String> OF_A_DEPLOYMENT = Set.of(
            "ref",
            "task",
            "auto_merge",
            "required_contexts",
            "payload",
            "environment",
            "description",
            "transient_environment",
            "production_environment");
    private static final Pattern STATUSES = Pattern.compile(DEPLOYMENTS + "/(\\d+)/statuses");
    private static final Pattern RUN = Pattern.compile(ACTIONS + "/runs/(\\d+)(/jobs)?");
    private static final Pattern LOG = Pattern.compile(ACTIONS + "/jobs/(\\d+)/logs");
    private static final Set<String> LISTING = Set.of(
            "actor", "branch", "event", "status", "per_page", "page", "created", "exclude_pull_requests", "head_sha");

    /** A job of a run. */
    record Job(long id, String name, String status, @Nullable String conclusion, List<Step> steps) {

        /** With one step. */
        Job(long id, String name, String status, @Nullable String conclusion) {
            this(id, name, status, conclusion, List.of(new Step("Set up job", "completed", "success")));
        }
    }

    /** A step of a job. */
    record Step(String name, String status, @Nullable String conclusion) {}

    /** An order and what became of it. */
    static final class Run {
        final long id;
        final Map<String, String> inputs;
        final List<Job> jobs = new ArrayList<>();
        String title;
        String event = "workflow_dispatch";
        String status = "queued";

        @Nullable
        String conclusion;

        boolean listed = true;
        Instant createdAt = Instant.now();

        Run(long id, Map<String, String> inputs) {
            this.id = id;
            this.inputs = inputs;
            this.title = "Deploy " + inputs.getOrDefault("gatehouse_key", "") + " by hand";
        }
    }

    /** A deployment and what was written to it. */
    static final class Deployment {
        final long id;
        final JsonNode order;
        final List<Map<String, Object>> statuses = new ArrayList<>();
        boolean listed = true;

        Deployment(long id, JsonNode order) {
            this.id = id;
            this.order = order;
        }

        /** Newest first. */
        void tell(String state, String description) {
            Map<String, Object> status = new LinkedHashMap<>();
            status.put("id", statuses.size() + 1);
            status.put("state", state);
            status.put("description", description);
            status.put("log_url", "https://ci.example.com/deployments/" + id);
            status.put("created_at", "2012-07-20T01:19:1" + statuses.size() / 2 + "Z");
            status.put("deployment_url", "https://github.example.com" + DEPLOYMENTS + "/" + id);
            statuses.add(0, status);
        }
    }

    final List<Deployment> deployments = new ArrayList<>();

    /** Commit statuses that are no success. */
    final Set<String> unsuccessful = new TreeSet<>();

    /** What jobs have printed; the others a line. */
    final Map<Long, String> printed = new HashMap<>();

    /** Where logs are, in place of here. */
    @Nullable
    String logHost;

    final List<Run> runs = new ArrayList<>();
    final Set<String> declared = new TreeSet<>(Set.of("version", "gatehouse_key"));
    String state = "active";

    /** Takes an order past the connector. */
    Run order(Map<String, String> inputs) {
        Run run = new Run(30_433_642_000L + runs.size(), inputs);
        runs.add(run);
        return run;
    }

    /** Of a notice; the right one is the example of "Validating webhook deliveries". */
    static Map<String, String> proof(String secret) {
        return Map.of(
                "X-Hub-Signature-256",
                secret.equals(NOTICE_SECRET)
                        ? "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
                        : "sha256=" + "0".repeat(64));
    }

    @Override
    protected Told answer(Asked request) {
        if (request.path().startsWith("/stored/")) {
            return stored(request);
        }
        if (!"Bearer right-token".equals(request.headers().get("authorization"))) {
            return refuse(401, "not signed in: " + request.line());
        }
        String version = request.headers().getOrDefault("x-github-api-version", "");
        if (!Set.of("2022-11-28", "2026-03-10").contains(version)
                || !"application/vnd.github+json".equals(request.headers().get("accept"))) {
            return refuse(400, "no version of the API, or another format: " + request.line());
        }
        boolean deploys = request.path().equals(DEPLOYMENTS) && request.method().equals("POST");
        if (deploys
                || Set.of(WORKFLOW + "/dispatches", REPOSITORY + "/dispatches").contains(request.path())) {
            return beforeTheOrder == null ? ordered(request, version) : beforeTheOrder;
        }
        Matcher cancel = Pattern.compile(ACTIONS + "/runs/(\\d+)/cancel").matcher(request.path());
        if (cancel.matches() && request.method().equals("POST")) {
            if (!request.query().isEmpty() || !tree(request.body()).isEmpty()) {
                return refuse(422, "parameters of " + request.line());
            }
            return beforeTheStop == null ? cancelled(cancel.group(1)) : beforeTheStop;
        }
        return request.method().equals("GET") ? shown(request) : refuse(405, request.line());
    }

    /** The place is signed by itself; whoever comes with a credential besides is not let in. */
    private Told stored(Asked request) {
        if (request.headers().containsKey("authorization")
                || !request.method().equals("GET")
                || !"signed".equals(request.query().get("sig"))) {
            return refuse(403, "not as signed: " + request.line());
        }
        long job = Long.parseLong(request.path().substring("/stored/".length()));
        return Told.of(200, printed.getOrDefault(job, "log of job " + job + "\n"));
    }

    /** "Gets a redirect URL to download a plain text file of logs for a workflow job"; none of a job that goes on. */
    private Told logOf(long id, Asked request) {
        boolean ended = runs.stream()
                .flatMap(run -> run.jobs.stream())
                .anyMatch(job -> job.id() == id && job.status().equals("completed"));
        if (!ended || !request.query().isEmpty()) {
            return refuse(404, "no log: " + request.line());
        }
        String host = logHost == null ? url("") : logHost;
        return Told.of(302, "").with("Location", host + "/stored/" + id + "?sig=signed");
    }

    private Told shown(Asked request) {
        Matcher log = LOG.matcher(request.path());
        if (log.matches()) {
            return logOf(Long.parseLong(log.group(1)), request);
        }
        Matcher run = RUN.matcher(request.path());
        if (run.matches()) {
            return run(Long.parseLong(run.group(1)), run.group(2) != null);
        }
        Matcher statuses = STATUSES.matcher(request.path());
        if (statuses.matches()) {
            return Set.of("per_page", "page").containsAll(request.query().keySet())
                    ? statuses(statuses.group(1))
                    : refuse(422, "unknown among " + request.query());
        }
        return switch (request.path()) {
            case WORKFLOW -> Told.of(200, json(Map.of("id", 161335, "name", "Deploy", "state", state)));
            case WORKFLOW + "/runs" -> list(request.query());
            case DEPLOYMENTS -> listDeployments(request.query());
            default -> refuse(404, request.line());
        };
    }

    private Told ordered(Asked request, String version) {
        if (!request.method().equals("POST")
                || !request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(404, "GitHub takes orders as JSON by POST");
        }
        JsonNode order = tree(request.body());
        return switch (request.path()) {
            case DEPLOYMENTS -> deployed(order);
            case REPOSITORY + "/dispatches" -> happened(order);
            default -> dispatched(order, version);
        };
    }

    private Told deployed(JsonNode order) {
        if (!OF_A_DEPLOYMENT.containsAll(fields(order))
                || !order.path("auto_merge").isBoolean()
                || !order.path("payload").isObject()
                || !order.path("environment").isTextual()
                || !order.path("required_contexts").isMissingNode()
                        && !order.path("required_contexts").isArray()) {
            return refuse(422, "no deployment: " + order);
        }
        if (!order.path("ref").asText().equals("main")) {
            return Told.of(
                    422, "{\"message\":\"No ref found for: " + order.path("ref").asText() + "\"}");
        }
        if (order.path("auto_merge").asBoolean()) {
            return Told.of(202, "{\"message\":\"Auto-merged master into topic-branch on deployment.\"}");
        }
        Set<String> needed = new TreeSet<>();
        order.path("required_contexts").forEach(context -> needed.add(context.asText()));
        if (!order.has("required_contexts") && !unsuccessful.isEmpty()
                || unsuccessful.stream().anyMatch(needed::contains)) {
            return Told.of(409, "{\"message\":\"Conflict: Commit status checks failed for main.\"}");
        }
        return Told.of(201, json(shown(deploy(order))));
    }

    /** Takes a deployment past the connector. */
    Deployment deploy(JsonNode order) {
        Deployment deployment = new Deployment(42L + deployments.size(), order);
        deployments.add(deployment);
        return deployment;
    }

    private static Map<String, Object> shown(Deployment deployment) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", deployment.id);
        shown.put("ref", deployment.order.path("ref"));
        shown.put("task", deployment.order.path("task").asText("deploy"));
        shown.put("payload", deployment.order.path("payload"));
        shown.put("environment", deployment.order.path("environment"));
        return shown;
    }

    private Told listDeployments(Map<String, String> query) {
        if (!Set.of("sha", "ref", "task", "environment", "per_page", "page").containsAll(query.keySet())) {
            return refuse(422, "unknown among " + query.keySet());
        }
        int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        return Told.of(
                200,
                json(deployments.stream()
                        .filter(deployment -> deployment.listed)
                        .filter(deployment ->
                                deployment.order.path("environment").asText().equals(query.get("environment")))
                        .sorted(Comparator.comparingLong((Deployment deployment) -> deployment.id)
                                .reversed())
                        .skip((page - 1L) * size)
                        .limit(size)
                        .map(GithubDouble::shown)
                        .toList()));
    }

    private Told statuses(String id) {
        return deployments.stream()
                .filter(deployment -> id.equals(Long.toString(deployment.id)))
                .findFirst()
                .map(deployment -> Told.of(200, json(deployment.statuses)))
                .orElse(Told.of(404, "{\"message\":\"Not Found\"}"));
    }

    /** A run for an event, if it is of the type that the workflow waits for. */
    private Told happened(JsonNode event) {
        int length = event.path("event_type").asText().length();
        JsonNode payload = event.path("client_payload");
        if (!has(event, "event_type", "client_payload") || length < 1 || length > 100 || payload.size() > 10) {
            return refuse(422, "no event: " + event);
        }
        if (event.get("event_type").asText().equals("deploy")) {
            order(texts(payload)).event = "repository_dispatch";
        }
        return Told.of(204, "");
    }

    private Told dispatched(JsonNode order, String version) {
        if (!has(order, "ref", "inputs")) {
            return refuse(422, "no order: " + order);
        }
        if (!order.path("ref").asText().equals("main")) {
            return Told.of(
                    422, "{\"message\":\"No ref found for: " + order.path("ref").asText() + "\"}");
        }
        Map<String, String> inputs = texts(order.path("inputs"));
        if (!declared.containsAll(inputs.keySet())) {
            return Told.of(422, "{\"message\":\"Unexpected inputs provided\"}");
        }
        Run run = order(inputs);
        return version.equals("2022-11-28")
                ? Told.of(204, "")
                : Told.of(
                        200,
                        json(Map.of("workflow_run_id", run.id, "run_url", url(place(run)), "html_url", page(run))));
    }

    /** 202, and the run ends a little later; 409 for one that has ended. */
    private Told cancelled(String id) {
        return runs.stream()
                .filter(run -> id.equals(Long.toString(run.id)))
                .findFirst()
                .map(run -> {
                    if (run.status.equals("completed")) {
                        return Told.of(409, "{\"message\":\"Cannot cancel a workflow run that is completed.\"}");
                    }
                    stopped.add(id);
                    run.status = "completed";
                    run.conclusion = "cancelled";
                    return Told.of(202, "{}");
                })
                .orElse(Told.of(404, "{\"message\":\"Not Found\"}"));
    }

    private Told list(Map<String, String> query) {
        if (!LISTING.containsAll(query.keySet())) {
            return refuse(422, "unknown among " + query.keySet());
        }
        int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        List<Map<String, Object>> shown = runs.stream()
                .filter(run -> run.listed)
                .sorted(Comparator.comparingLong((Run run) -> run.id).reversed())
                .skip((page - 1L) * size)
                .limit(size)
                .map(this::shown)
                .toList();
        return Told.of(200, json(Map.of("total_count", runs.size(), "workflow_runs", shown)));
    }

    private Told run(long id, boolean jobs) {
        return runs.stream()
                .filter(run -> run.id == id)
                .findFirst()
                .map(run -> Told.of(200, json(jobs ? jobs(run) : shown(run))))
                .orElse(Told.of(404, "{\"message\":\"Not Found\"}"));
    }

    private Map<String, Object> shown(Run run) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", run.id);
        shown.put("name", "Deploy");
        shown.put("display_title", run.title);
        shown.put("event", run.event);
        shown.put("status", run.status);
        shown.put("conclusion", run.conclusion);
        shown.put("workflow_id", 161335);
        shown.put("html_url", page(run));
        shown.put("created_at", run.createdAt.toString());
        return shown;
    }

    private static Map<String, Object> jobs(Run run) {
        return Map.of(
                "total_count",
                run.jobs.size(),
                "jobs",
                run.jobs.stream()
                        .map(job -> {
                            Map<String, Object> shown = new LinkedHashMap<>();
                            shown.put("id", job.id());
                            shown.put("name", job.name());
                            shown.put("status", job.status());
                            shown.put("conclusion", job.conclusion());
                            shown.put("steps", job.steps());
                            return shown;
                        })
                        .toList());
    }

    private static String place(Run run) {
        return ACTIONS + "/runs/" + run.id;
    }

    private static String page(Run run) {
        return "https://github.example.com/acme/payments/actions/runs/" + run.id;
    }

    /** Whether these are all the fields it has. */
    private static boolean has(JsonNode body, String... fields) {
        return fields(body).equals(Set.of(fields));
    }

    private static Set<String> fields(JsonNode body) {
        Set<String> given = new TreeSet<>();
        body.fieldNames().forEachRemaining(given::add);
        return given;
    }

    private static Map<String, String> texts(JsonNode fields) {
        Map<String, String> texts = new HashMap<>();
        fields.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
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
