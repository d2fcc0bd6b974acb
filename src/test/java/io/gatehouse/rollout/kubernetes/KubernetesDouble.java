package io.gatehouse.rollout.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.http.ToolDouble;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An API server with the Deployment {@code web} in the namespace {@code payments}, as "Kubernetes API Concepts",
 * "Server-Side Apply" (managed fields), "Deployments", "Authorization" (access reviews) and the reference of v1 (pods and their logs), apps/v1 and
 * authorization.k8s.io/v1 describe it: a patch says its kind in its Content-Type, is refused by 409 if it names an older
 * version, merges containers by name, and each write leaves its time. The controller acts only when a test says so, by
 * {@link #controllerSees()} and {@link #podsAreReady()}.
 */
class KubernetesDouble extends ToolDouble {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String APPS = "/apis/apps/v1/namespaces/payments/";
    private static final String DEPLOYMENT = APPS + "deployments/web";
    private static final String PODS = "/api/v1/namespaces/payments/pods";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    final ObjectNode deployment = read(
            """
            {"apiVersion": "apps/v1", "kind": "Deployment",
             "metadata": {"name": "web", "namespace": "payments", "uid": "d-1", "resourceVersion": "100",
               "generation": 1, "creationTimestamp": "2026-01-05T10:00:00Z", "annotations": {},
               "managedFields": [
                 {"manager": "kubectl", "operation": "Update", "time": "2026-01-05T10:00:00Z"},
                 {"manager": "kube-controller-manager", "operation": "Update", "subresource": "status",
                  "time": "2126-01-05T10:00:00Z"}]},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"}},
               "template": {"metadata": {"labels": {"app": "web"}},
                 "spec": {"containers": [
                   {"name": "web", "image": "registry.example.com/web:1.0", "env": [{"name": "A", "value": "b"}]},
                   {"name": "proxy", "image": "registry.example.com/proxy:7"}]}}},
             "status": {}}
            """);

    final Map<String, ObjectNode> replicaSets = new LinkedHashMap<>();

    final Map<String, ObjectNode> pods = new LinkedHashMap<>();

    /** What the containers {@code web} of pods print: lines with their times. */
    final Map<String, String> printed = new HashMap<>();

    boolean mayReadPods = true;
    boolean mayPatch = true;

    /** Whether the answer to a patch is lost after it was taken. */
    boolean losesTheAnswer;

    KubernetesDouble() {
        controllerSees();
        podsAreReady();
    }

    ObjectNode metadata() {
        return (ObjectNode) deployment.get("metadata");
    }

    ObjectNode spec() {
        return (ObjectNode) deployment.get("spec");
    }

    ObjectNode status() {
        return (ObjectNode) deployment.get("status");
    }

    ObjectNode annotations() {
        return (ObjectNode) metadata().get("annotations");
    }

    JsonNode containers() {
        return spec().at("/template/spec/containers");
    }

    /** Somebody writes to the Deployment past us, and so to its template. */
    void somebodySetsTheImage(String image) {
        ((ObjectNode) containers().get(0)).put("image", image);
        written("kubectl");
        metadata().put("generation", metadata().get("generation").asInt() + 1);
    }

    /** The controller takes notice: the present pods have a ReplicaSet with the newest revision. */
    final void controllerSees() {
        JsonNode template = spec().get("template");
        int newest = replicaSets.values().stream()
                .mapToInt(KubernetesDouble::revision)
                .max()
                .orElse(0);
        String name = "web-" + Integer.toHexString(template.hashCode());
        ObjectNode replicaSet = replicaSets.computeIfAbsent(name, missing -> replicaSet(missing, template));
        if (revision(replicaSet) == 0 || revision(replicaSet) < newest) {
            ((ObjectNode) replicaSet.at("/metadata/annotations"))
                    .put("deployment.kubernetes.io/revision", Integer.toString(newest + 1));
        }
        JsonNode key = annotations().path("gatehouse.io/key");
        if (key.isTextual()) {
            ((ObjectNode) replicaSet.at("/metadata/annotations")).set("gatehouse.io/key", key);
        }
        annotations().put("deployment.kubernetes.io/revision", Integer.toString(revision(replicaSet)));
        status().put("observedGeneration", metadata().get("generation").asInt());
        status().put("replicas", 3).put("updatedReplicas", 1).put("availableReplicas", 2);
        condition("Progressing", "True", "ReplicaSetUpdated");
    }

    final void podsAreReady() {
        status().put("replicas", 2).put("updatedReplicas", 2).put("availableReplicas", 2);
        condition("Progressing", "True", "NewReplicaSetAvailable");
    }

    void condition(String type, String status, String reason) {
        status().putArray("conditions")
                .addObject()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("message", "told by the controller");
    }

    private static int revision(ObjectNode replicaSet) {
        return replicaSet
                .at("/metadata/annotations/deployment.kubernetes.io~1revision")
                .asInt();
    }

    private ObjectNode replicaSet(String name, JsonNode template) {
        ObjectNode replicaSet = read(
                """
                {"kind": "ReplicaSet", "metadata": {"labels": {"app": "web"}, "annotations": {},
                   "ownerReferences": [{"kind": "Deployment", "name": "web", "uid": "d-1", "controller": true}]},
                 "spec": {}}
                """);
        ((ObjectNode) replicaSet.get("metadata")).put("name", name);
        ((ObjectNode) replicaSet.get("spec")).set("template", template.deepCopy());
        ((ObjectNode) replicaSet.at("/spec/template/metadata/labels")).put("pod-template-hash", name.substring(4));
        return replicaSet;
    }

    @Override
    protected Told answer(Asked request) {
        if (!"Bearer right-token".equals(request.headers().get("authorization"))) {
            return refuse(401, "not signed in: " + request.line());
        }
        return switch (request.line()) {
            case "GET " + DEPLOYMENT -> request.query().isEmpty()
                    ? Told.of(200, deployment.toString())
                    : refuse(400, "parameters of " + request.line());
            case "PATCH " + DEPLOYMENT -> beforeTheOrder == null ? patched(request) : beforeTheOrder;
            case "GET " + APPS + "replicasets" -> listed(request);
            case "POST " + REVIEWS -> reviewed(request);
            case "GET " + PODS -> listedPods(request);
            default -> request.path().startsWith(PODS + "/") ? log(request) : replicaSet(request);
        };
    }

    /** A pod that the controller has made for the present template. */
    void pod(String name, boolean ready, @Nullable String waiting) {
        JsonNode template = spec().get("template");
        ObjectNode pod = read(
                """
                {"kind": "Pod", "metadata": {"creationTimestamp": "2026-12-01T10:00:00Z",
                   "ownerReferences": [{"kind": "ReplicaSet", "controller": true}]},
                 "status": {"conditions": [{"type": "PodScheduled", "status": "True"}]}}
                """);
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        metadata.put("name", name);
        metadata.set("annotations", template.at("/metadata/annotations").deepCopy());
        ((ObjectNode) metadata.at("/ownerReferences/0")).put("name", "web-" + Integer.toHexString(template.hashCode()));
        pod.set("spec", template.get("spec").deepCopy());
        ((ArrayNode) pod.at("/status/conditions"))
                .addObject()
                .put("type", "Ready")
                .put("status", ready ? "True" : "False");
        if (waiting != null) {
            ObjectNode container = ((ObjectNode) pod.get("status"))
                    .putArray("containerStatuses")
                    .addObject();
            container.put("name", "web").putObject("state").putObject("waiting").put("reason", waiting);
        }
        pods.put(name, pod);
    }

    private Told listedPods(Asked request) {
        if (!mayReadPods) {
            return status(403, "Forbidden");
        }
        if (!request.query().equals(Map.of("labelSelector", "app=web"))) {
            return refuse(400, "which pods? " + request.query());
        }
        ObjectNode list = JSON.createObjectNode().put("kind", "PodList");
        list.putArray("items").addAll(pods.values());
        return Told.of(200, list.toString());
    }

    /** "read log of the specified Pod": a container must be named if there are several; sinceTime goes by seconds. */
    private Told log(Asked request) {
        if (!mayReadPods) {
            return status(403, "Forbidden");
        }
        String pod = request.path().substring(PODS.length() + 1).replaceFirst("/log$", "");
        Map<String, String> query = request.query();
        if (!pods.containsKey(pod)) {
            return status(404, "NotFound");
        }
        if (!request.line().equals("GET " + PODS + "/" + pod + "/log")
                || !Set.of("container", "timestamps", "limitBytes", "sinceTime").containsAll(query.keySet())
                || !"web".equals(query.get("container"))
                || !"true".equals(query.get("timestamps"))
                || !query.getOrDefault("sinceTime", "2026-12-01T10:00:00Z")
                        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ")) {
            return refuse(400, "parameters of " + request.line() + " " + query);
        }
        Instant since = Instant.parse(query.getOrDefault("sinceTime", "2000-01-01T00:00:00Z"));
        String text = printed.getOrDefault(pod, "")
                .lines()
                .filter(line -> !Instant.parse(line.split(" ")[0]).isBefore(since))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        int limit = Integer.parseInt(query.get("limitBytes"));
        return Told.of(200, text.substring(0, Math.min(limit, text.length())));
    }

    private Told replicaSet(Asked request) {
        String prefix = "GET " + APPS + "replicasets/";
        if (!request.line().startsWith(prefix) || !request.query().isEmpty()) {
            return refuse(404, request.line());
        }
        ObjectNode found = replicaSets.get(request.line().substring(prefix.length()));
        return found == null ? status(404, "NotFound") : Told.of(200, found.toString());
    }

    private Told listed(Asked request) {
        if (!request.query().equals(Map.of("labelSelector", "app=web"))) {
            return refuse(400, "which ReplicaSets? " + request.query());
        }
        ObjectNode list = JSON.createObjectNode().put("kind", "ReplicaSetList");
        list.putArray("items").addAll(replicaSets.values());
        return Told.of(200, list.toString());
    }

    private Told reviewed(Asked request) {
        JsonNode wanted = read(
                """
                {"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectAccessReview",
                 "spec": {"resourceAttributes": {
                   "namespace": "payments", "verb": "patch", "group": "apps", "resource": "deployments", "name": "web"}}}
                """);
        if (!kind(request).equals("application/json")
                || !request.query().isEmpty()
                || !read(request.body()).equals(wanted)) {
            return refuse(422, "a review of " + request.body());
        }
        return Told.of(201, "{\"kind\": \"SelfSubjectAccessReview\", \"status\": {\"allowed\": " + mayPatch + "}}");
    }

    private static String kind(Asked request) {
        return request.headers().getOrDefault("content-type", "").split(";")[0];
    }

    private Told patched(Asked request) {
        if (!kind(request).equals("application/strategic-merge-patch+json")
                || !request.query().equals(Map.of("fieldManager", "gatehouse"))) {
            return refuse(415, "a patch as " + kind(request) + " with " + request.query());
        }
        ObjectNode patch = read(request.body());
        if (!patch.at("/metadata/resourceVersion")
                .asText()
                .equals(metadata().get("resourceVersion").asText())) {
            return status(409, "Conflict");
        }
        if (patch.toString().contains("\\n")) {
            return status(422, "Invalid");
        }
        JsonNode before = spec().deepCopy();
        merge(deployment, patch);
        written("gatehouse");
        if (!before.equals(spec())) {
            metadata().put("generation", metadata().get("generation").asInt() + 1);
        }
        return losesTheAnswer ? Told.of(504, "") : Told.of(200, deployment.toString());
    }

    private void written(String manager) {
        metadata()
                .put(
                        "resourceVersion",
                        Integer.toString(metadata().get("resourceVersion").asInt() + 1));
        ((ArrayNode) metadata().get("managedFields"))
                .addObject()
                .put("manager", manager)
                .put("operation", "Update")
                .put("time", Instant.now().toString());
    }

    private static Told status(int code, String reason) {
        return Told.of(
                code,
                "{\"kind\": \"Status\", \"status\": \"Failure\", \"reason\": \"" + reason + "\", \"code\": " + code
                        + "}");
    }

    private static void merge(ObjectNode into, ObjectNode patch) {
        if (patch.path("$patch").asText().equals("replace")) {
            into.removeAll();
            into.setAll(patch);
            into.remove("$patch");
            return;
        }
        patch.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode part) {
                JsonNode old = into.get(field.getKey());
                merge(old instanceof ObjectNode there ? there : into.putObject(field.getKey()), part);
            } else if (field.getValue() instanceof ArrayNode list) {
                mergeByName((ArrayNode) into.get(field.getKey()), list);
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private static void mergeByName(ArrayNode into, ArrayNode patch) {
        for (JsonNode one : patch) {
            ObjectNode there = null;
            for (JsonNode old : into) {
                there = old.get("name").equals(one.get("name")) ? (ObjectNode) old : there;
            }
            merge(there == null ? into.addObject() : there, (ObjectNode) one);
        }
    }

    static ObjectNode read(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a write through the Deployment itself has left, by whom. */
    Set<String> managers() {
        Set<String> managers = new TreeSet<>();
        metadata()
                .get("managedFields")
                .forEach(write -> managers.add(write.get("manager").asText()));
        return managers;
    }
}
