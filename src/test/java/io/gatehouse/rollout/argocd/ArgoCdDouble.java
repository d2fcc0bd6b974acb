package io.gatehouse.rollout.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.http.ToolDouble;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An Argo CD with the application {@code payments} of the project {@code shop}, as the OpenAPI description and "API Docs",
 * "RBAC Configuration", "Automated Sync Policy" and "Resource Health" of the Argo CD documentation (3.6) describe it. An
 * order is a POST of JSON with a bearer token, answered by the application with its {@code operation}; it takes
 * {@code status.operationState} away until it begins. The result of a resource names it, has no status before it is
 * applied and never one if it is a hook. Errors have a code of gRPC and a message.
 */
class ArgoCdDouble extends ToolDouble {

    static final String COMMIT = "53e28ff20cc530b9ada2173fbbd64d48338583ba";

    private static final String APPLICATIONS = "/cd/api/v1/applications/";
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Set<String> PLACE = Set.of("project", "appNamespace");
    private static final Set<String> SYNC = Set.of(
            "appNamespace",
            "dryRun",
            "infos",
            "manifests",
            "project",
            "prune",
            "resources",
            "retryStrategy",
            "revision",
            "revisions",
            "sourcePositions",
            "strategy",
            "syncOptions");
    private static final Set<String> ROLLBACK = Set.of("appNamespace", "dryRun", "id", "project", "prune");

    private static final Set<String> RESULTS = Set.of("", "Synced", "SyncFailed", "Pruned", "PruneSkipped");
    private static final Set<String> PHASES = Set.of("", "Running", "Terminating", "Failed", "Error", "Succeeded");

    /** The application, as it is shown. */
    final ObjectNode application = JSON.createObjectNode();

    boolean automated;

    /** Where the application is kept, if not with Argo CD itself. */
    @Nullable
    String namespace;

    boolean mayOrder = true;

    /** Whether it can be asked about the right to roll back. */
    boolean knowsRollback = true;

    ArgoCdDouble() {
        application.putObject("metadata").put("name", "payments").put("creationTimestamp", "2024-02-01T10:00:00Z");
        ObjectNode spec = application.putObject("spec");
        spec.put("project", "shop");
        spec.putObject("source")
                .put("repoURL", "https://git.example.com/payments")
                .put("targetRevision", "main");
        status().putArray("history").addObject().put("id", 7).put("revision", COMMIT);
        status().putObject("health").put("status", "Healthy");
        status().put("reconciledAt", "2024-02-01T10:00:00Z");
    }

    ObjectNode status() {
        return application.withObject("/status");
    }

    ObjectNode state() {
        return status().withObject("/operationState");
    }

    /** Somebody orders a sync. */
    void orderedByAnother() {
        status().remove("operationState");
        application.putObject("operation").putObject("sync").put("revision", COMMIT);
    }

    void begin(Instant at) {
        state().put("phase", "Running").put("startedAt", text(at));
        state().set("operation", application.required("operation").deepCopy());
    }

    void end(String phase, String synced) {
        application.remove("operation");
        state().put("phase", phase).put("message", "one thing happened").put("finishedAt", text(Instant.now()));
        state().withObject("/syncResult").put("revision", synced);
        if (!state().at("/syncResult").has("resources")) {
            resource("Deployment", "web")
                    .put("status", "Synced")
                    .put("hookPhase", "Running")
                    .put("message", "deployment.apps/web configured");
        }
    }

    /** A resource that the operation is about, yet to be applied. */
    ObjectNode resource(String kind, String name) {
        return state().withObject("/syncResult")
                .withArray("resources")
                .addObject()
                .put("group", "")
                .put("version", "v1")
                .put("kind", kind)
                .put("namespace", "shop")
                .put("name", name);
    }

    private static boolean isDocumented(JsonNode resource) {
        boolean named =
                Stream.of("group", "version", "kind", "namespace", "name").allMatch(resource::hasNonNull);
        boolean hook = !resource.path("hookType").asText("").isEmpty();
        return named
                && RESULTS.contains(resource.path("status").asText(""))
                && !(hook && resource.has("status"))
                && PHASES.contains(resource.path("hookPhase").asText(""));
    }

    /** Looks at the health of what runs. */
    void reconcile(String health) {
        status().put("reconciledAt", text(Instant.now()));
        status().putObject("health").put("status", health);
    }

    @Override
    protected Told answer(Asked request) {
        if (!"Bearer right-token".equals(request.headers().get("authorization"))) {
            return refuse(401, 16, "no session information");
        }
        String name = namespace == null ? "payments" : namespace + "/payments";
        if (request.path().equals("/cd/api/v1/account/can-i/applications/sync/shop/" + name)) {
            return permission(request);
        }
        return switch (request.path()) {
            case APPLICATIONS + "payments" -> shown(request);
            case APPLICATIONS + "payments/sync" -> order(request, SYNC);
            case APPLICATIONS + "payments/operation" -> terminate(request);
            case APPLICATIONS + "payments/rollback" -> order(request, ROLLBACK);
            case "/cd/api/v1/account/can-i/applications/rollback/shop/payments" -> knowsRollback
                    ? permission(request)
                    : error(400, 3, "does not contain rollback");
            default -> refuse(request.path().startsWith(APPLICATIONS) ? 403 : 404, 7, request.line());
        };
    }

    private Told shown(Asked request) {
        if (!request.method().equals("GET")
                || !PLACE.containsAll(request.query().keySet())) {
            return refuse(405, 12, request.line());
        }
        for (JsonNode resource : application.at("/status/operationState/syncResult/resources")) {
            if (!isDocumented(resource)) {
                return refuse(500, 13, "no result of a resource: " + resource);
            }
        }
        return request.query().getOrDefault("project", "shop").equals("shop")
                        && Objects.equals(request.query().get("appNamespace"), namespace)
                ? Told.of(200, application.toString())
                : error(404, 5, "applications.argoproj.io \"payments\" not found");
    }

    private Told permission(Asked request) {
        return request.method().equals("GET")
                ? Told.of(200, "{\"value\":\"" + (mayOrder ? "yes" : "no") + "\"}")
                : refuse(405, 12, request.line());
    }

    private Told order(Asked request, Set<String> fields) {
        if (!request.method().equals("POST")
                || !request.headers().getOrDefault("content-type", "").startsWith("application/json")) {
            return refuse(405, 12, request.line());
        }
        JsonNode order = read(request.body());
        Set<String> unknown = new TreeSet<>();
        order.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(fields);
        if (!unknown.isEmpty()) {
            return refuse(400, 3, "unknown fields " + unknown);
        }
        if (!Objects.equals(order.path("appNamespace").asText(null), namespace)) {
            return error(404, 5, "applications.argoproj.io \"payments\" not found");
        }
        if (beforeTheOrder != null) {
            return beforeTheOrder;
        }
        return fields == ROLLBACK ? rollback(order) : sync(order);
    }

    private Told sync(JsonNode order) {
        String revision = order.path("revision").asText("main");
        if (automated && !revision.equals("main")) {
            return error(400, 9, "Cannot sync to " + revision + ": auto-sync currently set to main");
        }
        ObjectNode operation = JSON.createObjectNode();
        operation
                .putObject("sync")
                .put("revision", revision)
                .put("prune", order.path("prune").asBoolean());
        if (order.has("infos")) {
            operation.set("info", order.get("infos"));
        }
        return take(operation);
    }

    private Told rollback(JsonNode order) {
        if (automated) {
            return error(400, 9, "rollback cannot be initiated when auto-sync is enabled");
        }
        for (JsonNode each : status().path("history")) {
            if (each.path("id").asLong() == order.path("id").asLong()) {
                ObjectNode operation = JSON.createObjectNode();
                operation
                        .putObject("sync")
                        .put("revision", each.path("revision").asText());
                return take(operation);
            }
        }
        return error(400, 3, "application payments does not have deployment with id " + order.path("id"));
    }

    /** The controller then ends it as failed. */
    private Told terminate(Asked request) {
        if (!request.method().equals("DELETE")
                || !PLACE.containsAll(request.query().keySet())
                || !request.body().isEmpty()) {
            return refuse(405, 12, request.line());
        }
        if (!Objects.equals(request.query().get("appNamespace"), namespace)) {
            return error(404, 5, "applications.argoproj.io \"payments\" not found");
        }
        if (beforeTheStop != null) {
            return beforeTheStop;
        }
        if (!application.has("operation") || !status().has("operationState")) {
            return error(400, 3, "Unable to terminate operation. No operation is in progress");
        }
        stopped.add(application.path("operation").toString());
        application.remove("operation");
        state().put("phase", "Failed").put("message", "Operation terminated").put("finishedAt", text(Instant.now()));
        return Told.of(200, "{}");
    }

    private Told take(ObjectNode operation) {
        if (application.has("operation")) {
            return error(400, 9, "error setting app operation: another operation is already in progress");
        }
        operation.putObject("initiatedBy").put("username", "gatehouse");
        status().remove("operationState");
        application.set("operation", operation);
        return Told.of(200, application.toString());
    }

    private Told refuse(int status, int code, String why) {
        refuse(status, why);
        return error(status, code, why);
    }

    static Told error(int status, int code, String message) {
        try {
            return Told.of(status, JSON.writeValueAsString(Map.of("error", message, "code", code, "message", message)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
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

    /** Kubernetes writes moments in whole seconds. */
    private static String text(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
