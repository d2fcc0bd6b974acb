package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.NoticeProof;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToolApi;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Starts a workflow of GitHub Actions (REST API 2026-03-10, "Workflows", "Workflow runs", "Workflow jobs"
 * and "Create a repository dispatch event"; docs/connectors.md). GitHub tells which run an order became. Where it did
 * not, because the answer was lost, the API is an older one or the order was an event, the run is looked for by our key,
 * which the workflow puts into its title.
 */
class GithubConnector extends StoppableTool {

    private final GithubSettings settings;
    private final String workflow;
    private final GithubRepository repository;
    private final GithubRuns runs;
    private final GithubSearch search;

    GithubConnector(String name, GithubSettings settings, ToolApi api) {
        super(name, settings, api);
        this.settings = settings;
        this.workflow = GithubSettings.needed(settings.workflow());
        this.repository = new GithubRepository(api, settings);
        this.runs = new GithubRuns(repository, new GithubJobs(api, repository));
        this.search =
                new GithubSearch(repository, runs, workflow, settings.trigger().event());
    }

    @Override
    public String kind() {
        return "github";
    }

    /** It can be asked, and answers that it has never seen a key to nobody; see {@link GithubSearch}. */
    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    /** Whether we may see the workflow and it is switched on; GitHub tells who may start one only to an order. */
    @Override
    public ConnectorCheck check() {
        ConnectorAnswer answer = api.exchange(
                repository.get(Map.of(), "actions", "workflows", workflow),
                reply -> reply.status() == 200 ? switchedOn(reply.json()) : GithubRefusal.of(reply));
        return answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED
                ? ConnectorCheck.ok("GitHub lets us in, and the workflow is active.")
                : ConnectorCheck.failed(answer.detail());
    }

    private ConnectorAnswer switchedOn(JsonNode shown) {
        String state = shown.path("state").asText();
        return state.equals("active")
                ? ConnectorAnswer.succeeded("")
                : ConnectorAnswer.refused("The workflow " + workflow + " is not active: " + state);
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        Map<String, String> values = new HashMap<>(call.parameters());
        values.put(settings.keyInput(), call.key());
        return settings.trigger() == GithubTrigger.REPOSITORY_DISPATCH ? send(values) : start(values);
    }

    /** The order is the event alone, so GitHub tells no run. */
    private ConnectorAnswer send(Map<String, String> payload) {
        HttpPost order = repository.post(
                Map.of("event_type", GithubSettings.needed(settings.eventType()), "client_payload", payload),
                "dispatches");
        return api.exchange(
                order, reply -> reply.status() == 204 ? ConnectorAnswer.accepted(null) : GithubRefusal.of(reply));
    }

    private ConnectorAnswer start(Map<String, String> inputs) {
        HttpPost order = repository.post(
                Map.of("ref", GithubSettings.needed(settings.ref()), "inputs", inputs),
                "actions",
                "workflows",
                workflow,
                "dispatches");
        return api.exchange(order, reply -> switch (reply.status()) {
            case 200 -> named(reply.json());
                // The older versions of the API do not tell more, and the run is looked for by its key.
            case 204 -> ConnectorAnswer.accepted(null);
            default -> GithubRefusal.of(reply);
        });
    }

    private static ConnectorAnswer named(JsonNode run) throws IOException {
        if (!run.path("workflow_run_id").isIntegralNumber()) {
            throw new IOException("GitHub does not tell which run it started");
        }
        return ConnectorAnswer.accepted(run.get("workflow_run_id").asText())
                .at(run.path("html_url").asText(null));
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return FollowedRun.parse(reference)
                .map(followed -> runs.ask(call, followed))
                .orElseGet(() -> search.find(call));
    }

    @Override
    protected NoticeProof noticeProof() {
        return NoticeProof.HUB_SIGNATURE;
    }

    @Override
    protected HttpUriRequestBase end(String reference) {
        String run = FollowedRun.parse(reference).orElseThrow().run();
        return repository.post(Map.of(), "actions", "runs", run, "cancel");
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(202);
    }

    @Override
    protected Set<Integer> tooLate() {
        return Set.of(409);
    }
}
