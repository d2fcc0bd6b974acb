package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.NoticeProof;
import io.gatehouse.rollout.http.PolledTool;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates a deployment, which whatever listens to the event {@code deployment} carries out (REST API 2026-03-10, "Create
 * a deployment", "List deployments", "List deployment statuses"; docs/connectors.md). How it went is told by statuses
 * that whoever carries it out writes to it. GitHub does not know who that is, so there is nothing to stop.
 */
class GithubDeploymentConnector extends PolledTool {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private final GithubSettings settings;
    private final GithubRepository repository;
    private final GithubDeployments deployments;

    GithubDeploymentConnector(String name, GithubSettings settings, ToolApi api) {
        super(name, settings, api);
        this.settings = settings;
        this.repository = new GithubRepository(api, settings);
        this.deployments = new GithubDeployments(repository, settings);
    }

    @Override
    public String kind() {
        return "github";
    }

    /** It can be asked, and answers that it has never seen a key to nobody; see {@link GithubDeployments}. */
    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    /** Whether we may see deployments; GitHub tells who may create one only to an order. */
    @Override
    public ConnectorCheck check() {
        ConnectorAnswer answer = api.exchange(
                repository.get(deployments.page(1), "deployments"),
                reply -> reply.status() == 200 ? ConnectorAnswer.succeeded("") : GithubRefusal.of(reply));
        return answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED
                ? ConnectorCheck.ok("GitHub lets us see the deployments.")
                : ConnectorCheck.failed(answer.detail());
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        return call.renewLease().getAsBoolean()
                ? api.exchange(repository.post(order(call), "deployments"), GithubDeploymentConnector::taken)
                : ConnectorAnswer.takenOver();
    }

    private Map<String, Object> order(ConnectorCall call) {
        Map<String, String> payload = new HashMap<>(call.parameters());
        payload.put(settings.keyInput(), call.key());
        Map<String, Object> order = new HashMap<>();
        order.put("ref", GithubSettings.needed(settings.ref()));
        order.put("environment", GithubSettings.needed(settings.environment()));
        order.put("payload", payload);
        // GitHub would merge the default branch into what was approved, and create no deployment.
        order.put("auto_merge", false);
        if (settings.task() != null) {
            order.put("task", settings.task());
        }
        if (settings.requiredContexts() != null) {
            order.put("required_contexts", settings.requiredContexts());
        }
        return order;
    }

    private static ConnectorAnswer taken(ToolReply reply) throws IOException {
        return switch (reply.status()) {
            case 201 -> created(reply.json());
            case 202 -> ConnectorAnswer.refused("GitHub merged the default branch and created no deployment");
                // A conflict comes before the deployment; what is not GitHub's own answer may have come after it.
            case 409 -> isGithubs(reply) ? GithubRefusal.withReason(reply) : GithubRefusal.of(reply);
            default -> GithubRefusal.of(reply);
        };
    }

    private static ConnectorAnswer created(JsonNode deployment) throws IOException {
        if (!deployment.path("id").isIntegralNumber()) {
            throw new IOException("GitHub does not tell which deployment it created");
        }
        return ConnectorAnswer.accepted(deployment.get("id").asText());
    }

    private static boolean isGithubs(ToolReply reply) throws IOException {
        return reply.json().path("message").isTextual();
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return reference != null && NUMBER.matcher(reference).matches()
                ? deployments.ask(call, reference)
                : deployments.find(call);
    }

    @Override
    protected NoticeProof noticeProof() {
        return NoticeProof.HUB_SIGNATURE;
    }
}
