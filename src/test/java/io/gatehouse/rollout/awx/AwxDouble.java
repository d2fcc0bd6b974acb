package io.gatehouse.rollout.awx;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.http.ToolDouble;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An AWX with the job template 14, as "AWX API Reference Guide" (conventions, authentication, filtering, sorting,
 * pagination), the API's own pages "Launch a Job Template", "Retrieve Job Stdout" and "Cancel a Job" and "Launch-time Configurations /
 * Prompting" (AWX 24) describe it: every address ends with a slash; a launch is a POST of JSON with an OAuth 2 token,
 * answered by 201 and the job; what the template does not ask for is ignored; lists come in pages and filter by no
 * variable.
 */
class AwxDouble extends ToolDouble {

    private static final String TEMPLATE = "/awx/api/v2/job_templates/14/";
    private static final Pattern JOB = Pattern.compile("/awx/api/v2/jobs/(\\d+)/(stdout/|job_events/)?");
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Set<String> LIST = Set.of("order_by", "page_size", "id__lt");

    /** Oldest first. */
    final List<ObjectNode> jobs = new ArrayList<>();

    /** What a GET of the launch answers. */
    final ObjectNode launch = JSON.createObjectNode();

    final List<ObjectNode> events = new ArrayList<>();

    String output = "PLAY [web]\nok: [web1]\n";

    /** The largest page of a list. */
    int maxPageSize = 200;

    AwxDouble() {
        launch.put("can_start_without_user_input", false);
        launch.put("ask_variables_on_launch", true);
        launch.put("ask_limit_on_launch", true);
        launch.put("survey_enabled", false);
        launch.put("inventory_needed_to_start", false);
        launch.putArray("passwords_needed_to_start");
        launch.putArray("variables_needed_to_start");
        launch.putObject("defaults").put("job_slice_count", 1).put("limit", "");
    }

    /** Starts a job past the connector. */
    ObjectNode start(String launchType, String variables) {
        ObjectNode job = JSON.createObjectNode();
        job.put("id", 40 + jobs.size());
        job.put("type", "job");
        job.put("url", "/api/v2/jobs/" + (40 + jobs.size()) + "/");
        job.put("created", Instant.now().toString());
        job.put("launch_type", launchType);
        job.put("status", "pending");
        job.put("failed", false);
        job.putNull("started");
        job.put("job_explanation", "");
        job.put("extra_vars", variables);
        job.put("limit", "");
        job.put("job_template", 14);
        jobs.add(job);
        return job;
    }

    @Override
    protected Told answer(Asked request) {
        if (!"Bearer right-token".equals(request.headers().get("authorization"))) {
            return refuse(401, "Authentication credentials were not provided.");
        }
        if (!request.path().endsWith("/")) {
            return refuse(301, request.line());
        }
        Matcher job = JOB.matcher(request.path());
        if (job.matches() && request.method().equals("GET")) {
            return "job_events/".equals(job.group(2))
                    ? events(request.query())
                    : job(Long.parseLong(job.group(1)), job.group(2) != null, request.query());
        }
        Matcher cancel = Pattern.compile("/awx/api/v2/jobs/(\\d+)/cancel/").matcher(request.path());
        if (cancel.matches() && request.method().equals("POST")) {
            if (!request.query().isEmpty() || !request.body().isEmpty()) {
                return refuse(400, "parameters of " + request.line());
            }
            return beforeTheStop == null ? cancelled(cancel.group(1)) : beforeTheStop;
        }
        return switch (request.line()) {
            case "GET " + TEMPLATE + "launch/" -> Told.of(200, launch.toString());
            case "POST " + TEMPLATE + "launch/" -> order(request);
            case "GET " + TEMPLATE + "jobs/" -> list(request.query());
            default -> refuse(404, request.line());
        };
    }

    /** A list like any other: filtered by a field, ordered by a field, a page at a time. */
    private Told events(Map<String, String> query) {
        if (!query.keySet().equals(Set.of("counter__gt", "order_by", "page_size"))
                || !query.get("order_by").equals("counter")) {
            return refuse(400, "events of " + query);
        }
        ObjectNode page = JSON.createObjectNode();
        ArrayNode results = page.putArray("results");
        events.stream()
                .filter(event -> event.path("counter").asLong() > Long.parseLong(query.get("counter__gt")))
                .sorted(Comparator.comparing(event -> event.path("counter").asLong()))
                .limit(Math.min(maxPageSize, Integer.parseInt(query.get("page_size"))))
                .forEach(results::add);
        page.putNull("next").putNull("previous").put("count", events.size());
        return Told.of(200, page.toString());
    }

    /** Has the job print something; events are not always stored in the order of their numbers. */
    void prints(int counter, int endLine, String stdout) {
        ObjectNode event = JSON.createObjectNode();
        event.put("type", "job_event").put("counter", counter).put("stdout", stdout);
        event.put("start_line", endLine - stdout.lines().count()).put("end_line", endLine);
        events.add(event);
    }

    private Told job(long id, boolean log, Map<String, String> query) {
        if (log && !query.equals(Map.of("format", "txt_download"))) {
            return refuse(400, "stdout of " + query);
        }
        return jobs.stream()
                .filter(job -> job.path("id").asLong() == id)
                .findFirst()
                .map(job -> Told.of(200, log ? output : job.toString()))
                .orElse(Told.of(404, "{\"detail\":\"Not found.\"}"));
    }

    /** 202 for a pending or running job, or 405 if it cannot be cancelled. */
    private Told cancelled(String id) {
        return jobs.stream()
                .filter(job -> job.path("id").asText().equals(id))
                .findFirst()
                .map(job -> {
                    if (!Set.of("pending", "waiting", "running")
                            .contains(job.path("status").asText())) {
                        return Told.of(405, "{\"detail\":\"Method \\\"POST\\\" not allowed.\"}");
                    }
                    stopped.add(id);
                    job.put("status", "canceled");
                    return Told.of(202, "");
                })
                .orElse(Told.of(404, "{\"detail\":\"Not found.\"}"));
    }

    private Told order(Asked request) {
        if (!request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(415, "Unsupported media type");
        }
        JsonNode order = read(request.body());
        Set<String> unknown = new TreeSet<>();
        order.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(Set.of("extra_vars", "limit"));
        if (!unknown.isEmpty()) {
            return refuse(400, "fields that are not used here: " + unknown);
        }
        return beforeTheOrder == null ? launched(order) : beforeTheOrder;
    }

    private Told launched(JsonNode order) {
        ObjectNode ignored = JSON.createObjectNode();
        boolean variables = launch.path("ask_variables_on_launch").asBoolean();
        boolean limit = launch.path("ask_limit_on_launch").asBoolean();
        if (!variables) {
            ignored.set("extra_vars", order.path("extra_vars"));
        }
        if (!limit && order.has("limit")) {
            ignored.set("limit", order.path("limit"));
        }
        ObjectNode job = start("manual", variables ? order.path("extra_vars").toString() : "{}");
        job.put("limit", limit ? order.path("limit").asText("") : "");
        ObjectNode answer = JSON.createObjectNode();
        answer.put("job", job.path("id").asLong());
        answer.set("ignored_fields", ignored);
        answer.setAll(job);
        return Told.of(201, answer.toString()).with("Location", job.path("url").asText());
    }

    private Told list(Map<String, String> query) {
        if (!LIST.containsAll(query.keySet()) || !"-id".equals(query.get("order_by"))) {
            return refuse(query.containsKey("extra_vars__contains") ? 403 : 400, "list of " + query);
        }
        long below = Long.parseLong(query.getOrDefault("id__lt", "999999"));
        List<ObjectNode> found = jobs.stream()
                .filter(job -> job.path("id").asLong() < below)
                .sorted(Comparator.comparing((ObjectNode job) -> job.path("id").asLong())
                        .reversed())
                .toList();
        int size = Math.min(maxPageSize, Integer.parseInt(query.getOrDefault("page_size", "25")));
        ObjectNode page = JSON.createObjectNode();
        page.put("count", found.size());
        page.put("next", found.size() > size ? TEMPLATE + "jobs/?page=2" : null);
        page.putNull("previous");
        ArrayNode results = page.putArray("results");
        found.stream().limit(size).forEach(results::add);
        return Told.of(200, page.toString());
    }

    /** What was ordered, in order. */
    List<JsonNode> orders() {
        return asked.stream()
                .filter(request -> request.method().equals("POST"))
                .map(request -> read(request.body()))
                .toList();
    }

    static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
