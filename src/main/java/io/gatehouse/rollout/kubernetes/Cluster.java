package io.gatehouse.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPatch;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.jspecify.annotations.Nullable;

/** The API server of a cluster, as far as one Deployment is concerned. */
class Cluster {

    /** What is done with something that was found. */
    interface Next {
        ConnectorAnswer with(JsonNode found) throws IOException;
    }

    /** How much of a pod's log is read with one question, in bytes, if an answer may be that large. */
    private static final int LOG_LIMIT = 100_000;

    private final ToolApi api;
    private final KubernetesSettings settings;

    Cluster(ToolApi api, KubernetesSettings settings) {
        this.api = api;
        this.settings = settings;
    }

    URI deployment() {
        return address(Map.of(), "deployments", settings.deployment());
    }

    URI replicaSet(String name) {
        return address(Map.of(), "replicasets", name);
    }

    URI replicaSets(Deployment deployment) {
        String selector = deployment.selector();
        return address(selector.isEmpty() ? Map.of() : Map.of("labelSelector", selector), "replicasets");
    }

    /** The pods that the Deployment selects, none for who may not see them; nothing if they cannot be had now. */
    Optional<List<JsonNode>> pods(Deployment deployment) {
        String selector = deployment.selector();
        if (selector.isEmpty()) {
            return Optional.of(List.of());
        }
        List<JsonNode> pods = new ArrayList<>();
        ConnectorAnswer answer = api.exchange(new HttpGet(core(Map.of("labelSelector", selector), "pods")), reply -> {
            if (reply.status() == 200) {
                Deployment.each(reply.json().path("items")).forEach(pods::add);
            }
            return reply.status() == 200 || reply.status() == 403 ? ConnectorAnswer.succeeded("") : reply.unanswered();
        });
        return answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED ? Optional.of(pods) : Optional.empty();
    }

    /**
     * What a container has printed, each line after its time; nothing if it cannot be had.
     *
     * @param since a moment within the second from which on it is told; from the beginning if absent
     */
    Optional<String> log(String pod, String container, @Nullable Instant since) {
        Map<String, String> query = new TreeMap<>(
                Map.of("container", container, "timestamps", "true", "limitBytes", Long.toString(logLimit())));
        if (since != null) {
            query.put("sinceTime", since.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return api.beginning(new HttpGet(core(query, "pods", pod, "log")))
                .filter(reply -> reply.status() == 200)
                .map(ToolReply::text);
    }

    /** The cluster takes the limit for an approximate one. */
    boolean isCutOff(String log) {
        return log.getBytes(StandardCharsets.UTF_8).length >= logLimit() * 9 / 10;
    }

    private long logLimit() {
        return Math.min(LOG_LIMIT, settings.limits().answerLimit().toBytes());
    }

    /** Looks at something after an order, which stays in doubt until then. */
    ConnectorAnswer ask(URI address, Next next) {
        return api.exchange(
                new HttpGet(address), reply -> reply.status() == 200 ? next.with(reply.json()) : reply.unanswered());
    }

    /** Looks at something before an order; until then nothing can have begun, so nothing is in doubt. */
    ConnectorAnswer before(URI address, Next next) {
        List<JsonNode> found = new ArrayList<>();
        ConnectorAnswer answer = api.exchange(new HttpGet(address), reply -> {
            if (reply.status() != 200) {
                return reply.notTaken();
            }
            found.add(reply.json());
            return ConnectorAnswer.succeeded("");
        });
        if (found.isEmpty()) {
            return answer.beforeTheOrder();
        }
        try {
            return next.with(found.get(0));
        } catch (IOException unreadable) {
            return ConnectorAnswer.notReached("The cluster's answer could not be read: " + unreadable.getMessage());
        }
    }

    /** Asks what this credential may do. Nothing is stored of such a review. */
    ConnectorAnswer mayPatch() {
        HttpPost review = new HttpPost(api.address("apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews"));
        review.setEntity(ToolApi.json(Map.of(
                "apiVersion",
                "authorization.k8s.io/v1",
                "kind",
                "SelfSubjectAccessReview",
                "spec",
                Map.of("resourceAttributes", whatIsPatched()))));
        return api.exchange(review, reply -> {
            if (!reply.isSuccess()) {
                return reply.notTaken();
            }
            return reply.json().path("status").path("allowed").asBoolean()
                    ? ConnectorAnswer.succeeded("")
                    : ConnectorAnswer.refused("This token may not patch the Deployment " + settings.deployment());
        });
    }

    private Map<String, String> whatIsPatched() {
        return Map.of(
                "namespace",
                settings.namespace(),
                "verb",
                "patch",
                "group",
                "apps",
                "resource",
                "deployments",
                "name",
                settings.deployment());
    }

    /** Changes the Deployment, if it still is as it was found. */
    ConnectorAnswer patch(
            Deployment found, Map<String, String> annotations, Map<String, Object> template, ToolApi.Reading taken) {
        HttpPatch order =
                new HttpPatch(address(Map.of("fieldManager", "gatehouse"), "deployments", settings.deployment()));
        order.setEntity(ToolApi.json(Map.of(
                "metadata",
                Map.of("resourceVersion", found.resourceVersion(), "annotations", annotations),
                "spec",
                Map.of("template", template))));
        order.setHeader("Content-Type", "application/strategic-merge-patch+json");
        return api.exchange(order, reply -> switch (reply.status()) {
            case 200 -> taken.of(reply);
            case 409 -> conflict(reply);
            default -> reply.isSuccess()
                    ? ConnectorAnswer.ambiguous("The cluster answered " + reply.status() + " to a patch")
                    : reply.notTaken();
        });
    }

    /** The API server says so when the Deployment has changed since it was found, and then has changed nothing. */
    private static ConnectorAnswer conflict(ToolReply reply) throws IOException {
        return reply.json().path("reason").asText().equals("Conflict")
                ? ConnectorAnswer.notReached("The Deployment was changed at the same moment, so nothing was done")
                : reply.notTaken();
    }

    private URI core(Map<String, String> query, String... resource) {
        List<String> path = new ArrayList<>(List.of("api", "v1", "namespaces", settings.namespace()));
        path.addAll(List.of(resource));
        return api.address(query, path.toArray(String[]::new));
    }

    private URI address(Map<String, String> query, String... resource) {
        List<String> path = new ArrayList<>(List.of("apis", "apps", "v1", "namespaces", settings.namespace()));
        path.addAll(List.of(resource));
        return api.address(query, path.toArray(String[]::new));
    }
}
