package io.gatehouse.rollout.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.PolledTool;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import io.gatehouse.rollout.kubernetes.KubernetesSettings.Action;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sets the image of a container of a Deployment, or returns it to the revision before, and follows the roll-out
 * (Kubernetes API, apps/v1; docs/connectors.md).
 *
 * <p>Our key is an annotation of the Deployment, so that one look tells whether an order was taken. The API server has no
 * idempotency key, but an order names the version of the Deployment it was made for, and is not taken once that has
 * changed: of two orders for one version at most one is. So the connector is {@code QUERYABLE}. A later order by anybody
 * may take the annotation away; a missing key counts as never seen only if nobody has written to the Deployment since and
 * no ReplicaSet has it.
 */
class KubernetesConnector extends PolledTool {

    /** How far the clocks of a cluster and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final String REPLICA_SET = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final RolloutLog log;

    KubernetesConnector(String name, KubernetesSettings settings, ToolApi api) {
        super(name, settings, api);
        this.settings = settings;
        this.cluster = new Cluster(api, settings);
        this.log = new RolloutLog(cluster, settings);
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    @Override
    public ConnectorCheck check() {
        ConnectorAnswer answer = cluster.before(cluster.deployment(), found -> checked(new Deployment(found)));
        return answer.outcome() == Outcome.SUCCEEDED
                ? ConnectorCheck.ok("The cluster lets us in, and the Deployment may be patched.")
                : ConnectorCheck.failed(answer.detail());
    }

    private ConnectorAnswer checked(Deployment deployment) {
        boolean undoes = settings.action() == Action.UNDO;
        Optional<ConnectorAnswer> missing = undoes ? Optional.empty() : missing(deployment);
        return missing.orElseGet(() -> cluster.before(cluster.replicaSets(deployment), list -> cluster.mayPatch()));
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        return cluster.before(cluster.deployment(), found -> order(new Deployment(found), call));
    }

    private ConnectorAnswer order(Deployment deployment, ConnectorCall call) {
        if (isOf(deployment, call)) {
            return accepted(deployment);
        }
        if (deployment.isPaused()) {
            return ConnectorAnswer.refused("The Deployment is paused; nothing would be rolled out");
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        return settings.action() == Action.UNDO
                ? undo(deployment, call)
                : missing(deployment).orElseGet(() -> setImage(deployment, call));
    }

    private ConnectorAnswer setImage(Deployment deployment, ConnectorCall call) {
        Map<String, String> key = Map.of(settings.keyAnnotation(), call.key());
        Map<String, String> container = Map.of("name", container(), "image", image(call));
        // With the key in the pods, an image that is there already is rolled out anew.
        Map<String, Object> template =
                Map.of("metadata", Map.of("annotations", key), "spec", Map.of("containers", List.of(container)));
        return cluster.patch(deployment, key, template, reply -> taken(reply, call));
    }

    private ConnectorAnswer undo(Deployment deployment, ConnectorCall call) {
        if (!deployment.isObserved()) {
            // The revision of what was written last is still missing, and the one before it would be taken for it.
            return ConnectorAnswer.notReached("The cluster has not taken notice of the last change yet");
        }
        return cluster.before(cluster.replicaSets(deployment), list -> returnTo(list, deployment, call));
    }

    private ConnectorAnswer returnTo(JsonNode list, Deployment deployment, ConnectorCall call) {
        Optional<ReplicaSet> previous = ReplicaSet.previous(list, deployment);
        if (previous.isEmpty()) {
            return ConnectorAnswer.refused("The Deployment has no revision before the present one");
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        Map<String, String> annotations = Map.of(
                settings.keyAnnotation(),
                call.key(),
                settings.returnedToAnnotation(),
                previous.get().name());
        return cluster.patch(deployment, annotations, replacing(previous.get()), reply -> taken(reply, call));
    }

    /** Without the directive, what the present pods have and the former had not would stay. */
    private static Map<String, Object> replacing(ReplicaSet previous) {
        Map<String, Object> template = new HashMap<>(Map.of("$patch", "replace"));
        previous.template().properties().forEach(field -> template.put(field.getKey(), field.getValue()));
        return template;
    }

    private ConnectorAnswer taken(ToolReply reply, ConnectorCall call) throws IOException {
        Deployment deployment = new Deployment(reply.json());
        if (!isOf(deployment, call)) {
            throw new IOException("The cluster shows a Deployment without our key");
        }
        return accepted(deployment);
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return cluster.ask(cluster.deployment(), found -> became(new Deployment(found), call, reference));
    }

    private ConnectorAnswer became(Deployment deployment, ConnectorCall call, @Nullable String reference) {
        if (!isOf(deployment, call)) {
            boolean untouched = deployment.isUntouchedSince(call.notBefore().minus(CLOCKS));
            return reference == null && untouched ? askReplicaSets(deployment, call) : replaced();
        }
        if (settings.action() == Action.UNDO) {
            return returned(deployment, call, reference);
        }
        boolean asOrdered =
                deployment.image(container()).filter(image(call)::equals).isPresent();
        return asOrdered ? rollout(deployment, call, reference) : replaced();
    }

    /** Who only takes things away leaves no trace in the Deployment; the ReplicaSets keep the key of what they are for. */
    private ConnectorAnswer askReplicaSets(Deployment deployment, ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        return cluster.ask(cluster.replicaSets(deployment), list -> {
            if (!list.path("items").isArray()) {
                throw new IOException("The cluster tells no ReplicaSets");
            }
            return ReplicaSet.anyHas(list, settings.keyAnnotation(), call.key())
                    ? replaced()
                    : ConnectorAnswer.neverSeen();
        });
    }

    private ConnectorAnswer returned(Deployment deployment, ConnectorCall call, @Nullable String reference) {
        String name = deployment.annotation(settings.returnedToAnnotation());
        if (!name.matches(REPLICA_SET)) {
            return replaced();
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        return cluster.ask(cluster.replicaSet(name), found -> {
            boolean asOrdered = new ReplicaSet(found).template().equals(deployment.template());
            return asOrdered ? rollout(deployment, call, reference) : replaced();
        });
    }

    /** Of an older generation the cluster tells nothing yet. */
    private ConnectorAnswer rollout(Deployment deployment, ConnectorCall call, @Nullable String reference) {
        ConnectorAnswer answer = deployment.rollout();
        ToldRollout before = ToldRollout.parse(reference);
        boolean ended = answer.outcome() != Outcome.ACCEPTED;
        ToldRollout told = deployment.isObserved() ? log.more(deployment, before, call, ended) : before;
        return ended ? answer : ConnectorAnswer.accepted(told.reference("generation/" + deployment.generation()));
    }

    private static ConnectorAnswer accepted(Deployment deployment) {
        return ConnectorAnswer.accepted("generation/" + deployment.generation());
    }

    private static ConnectorAnswer replaced() {
        return ConnectorAnswer.ambiguous(
                "Somebody has written to the Deployment since, so what became of this order cannot be told");
    }

    /** A patch would add a container that is missing. */
    private Optional<ConnectorAnswer> missing(Deployment deployment) {
        return deployment.image(container()).isPresent()
                ? Optional.empty()
                : Optional.of(ConnectorAnswer.refused("The Deployment has no container " + container()));
    }

    private boolean isOf(Deployment deployment, ConnectorCall call) {
        return deployment.annotation(settings.keyAnnotation()).equals(call.key());
    }

    private String container() {
        return Objects.requireNonNull(settings.container());
    }

    private String image(ConnectorCall call) {
        return Objects.requireNonNull(call.parameters().get(settings.imageParameter()));
    }
}
