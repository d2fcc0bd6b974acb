package io.gatehouse.rollout.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.MissingOrders;
import io.gatehouse.rollout.http.NoticeProof;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline of a GitLab project (REST API v4, "Pipelines API" and "Jobs API" of GitLab 18; docs/connectors.md).
 * GitLab has no idempotency key, but a pipeline keeps its variables, our key among them, so that it is found again.
 */
class GitlabConnector extends StoppableTool {

    /** GitLab may be told to delete pipelines of this age ("Automatic pipeline cleanup"). */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int SAID = 300;

    private final GitlabSettings settings;
    private final Clock clock;
    private final GitlabProject project;
    private final GitlabPipelines pipelines;
    private final GitlabSearch search;
    private final MissingOrders missing;

    GitlabConnector(String name, GitlabSettings settings, ToolApi api, Clock clock) {
        super(name, settings, api);
        this.settings = settings;
        this.clock = clock;
        this.project = new GitlabProject(api, settings.project());
        this.pipelines = new GitlabPipelines(project);
        this.search = new GitlabSearch(project, pipelines, settings.keyVariable());
        this.missing = new MissingOrders(settings.orderMayTake(), clock);
    }

    @Override
    public String kind() {
        return "gitlab";
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    /** Whether we may read the project's pipelines and the ref exists; GitLab tells who may start one only to an order. */
    @Override
    public ConnectorCheck check() {
        ConnectorCheck lists = api.check(new HttpGet(project.at(Map.of("per_page", "1"), "pipelines")));
        if (lists.result() != ConnectorCheck.Result.OK) {
            return lists;
        }
        ConnectorCheck commit = api.check(new HttpGet(project.at(Map.of(), "repository", "commits", settings.ref())));
        return commit.result() == ConnectorCheck.Result.OK
                ? ConnectorCheck.ok("GitLab lets us in, and the project has " + settings.ref() + ".")
                : ConnectorCheck.failed("GitLab does not show us the ref " + settings.ref() + ". " + commit.detail());
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        // An order may come right after a question.
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        HttpPost order = new HttpPost(project.at(Map.of(), "pipeline"));
        order.setEntity(ToolApi.json(Map.of("ref", settings.ref(), "variables", variables(call))));
        return api.exchange(order, GitlabConnector::taken);
    }

    private List<Map<String, String>> variables(ConnectorCall call) {
        List<Map<String, String>> variables = new ArrayList<>();
        variables.add(Map.of("key", settings.keyVariable(), "value", call.key()));
        call.parameters().forEach((name, value) -> variables.add(Map.of("key", name, "value", value)));
        return variables;
    }

    private static ConnectorAnswer taken(ToolReply reply) throws IOException {
        if (reply.status() != 201) {
            return reply.isSuccess()
                    ? ConnectorAnswer.ambiguous("GitLab answered " + reply.status() + " and not that it took it")
                    : notTaken(reply);
        }
        JsonNode pipeline = reply.json();
        if (!pipeline.path("id").isIntegralNumber()) {
            throw new IOException("GitLab does not tell which pipeline it created");
        }
        return ConnectorAnswer.accepted(pipeline.get("id").asText())
                .at(pipeline.path("web_url").asText(null));
    }

    /** With what GitLab has against the order; a 400 is about its content, and nothing is created. */
    private static ConnectorAnswer notTaken(ToolReply reply) {
        String text = reply.text().replaceAll("\\p{Cntrl}+", " ");
        return reply.status() == 400
                ? ConnectorAnswer.refused("The tool answered 400: " + text.substring(0, Math.min(text.length(), SAID)))
                : reply.notTaken();
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        return Followed.parse(reference)
                .map(followed -> pipelines.ask(call, followed))
                .orElseGet(() -> askForKey(call));
    }

    private ConnectorAnswer askForKey(ConnectorCall call) {
        ConnectorAnswer found = search.find(call);
        if (found.outcome() != Outcome.NEVER_SEEN) {
            return found;
        }
        if (call.notBefore().isBefore(clock.instant().minus(KEPT))) {
            return ConnectorAnswer.ambiguous("There is no such pipeline, but one of that time may have been deleted");
        }
        return missing.isLost(call.key())
                ? found
                : ConnectorAnswer.ambiguous("There is no such pipeline yet, but GitLab may still be working on it");
    }

    @Override
    protected NoticeProof noticeProof() {
        return NoticeProof.GITLAB_TOKEN;
    }

    /** GitLab takes this in any state and tells the pipeline. */
    @Override
    protected HttpUriRequestBase end(String reference) {
        String pipeline = Followed.parse(reference).orElseThrow().pipeline();
        return new HttpPost(project.at(Map.of(), "pipelines", pipeline, "cancel"));
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(200);
    }
}
