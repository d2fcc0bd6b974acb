package io.gatehouse.rollout.azuredevops;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.StoppableTool;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline of Azure DevOps (REST API 7.1; docs/connectors.md). Our key is a template parameter: one that the
 * pipeline does not declare is refused, so no run begins without it. After a crash the runs since the step began are
 * looked at one by one, because a list does not always show their parameters; only a run that shows another key is
 * certainly not ours.
 */
class AzureDevopsConnector extends StoppableTool {

    /** How far the clocks of Azure DevOps and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

    private final AzureDevopsSettings settings;
    private final Pipeline pipeline;
    private final RunLog runLog;

    AzureDevopsConnector(String name, AzureDevopsSettings settings, ToolApi api) {
        super(name, settings, api);
        this.settings = settings;
        this.pipeline = new Pipeline(api, settings);
        this.runLog = new RunLog(api, pipeline);
    }

    @Override
    public String kind() {
        return "azure-devops";
    }

    @Override
    public AfterCrash afterCrash() {
        return AfterCrash.QUERYABLE;
    }

    @Override
    public ConnectorCheck check() {
        ConnectorAnswer answer = there();
        return answer.outcome() == Outcome.SUCCEEDED
                ? ConnectorCheck.ok("Azure DevOps lets us in, and the pipeline is there.")
                : ConnectorCheck.failed(answer.detail());
    }

    /** Whether we are let in: to others Azure DevOps shows its page for signing in, or sends them there. */
    private ConnectorAnswer there() {
        return api.exchange(pipeline.itself(), reply -> switch (reply.status()) {
            case 200 -> reply.json().path("id").asInt() == settings.pipeline()
                    ? ConnectorAnswer.succeeded("")
                    : ConnectorAnswer.refused("Azure DevOps shows another pipeline");
            case 203, 302 -> ConnectorAnswer.refused("Azure DevOps asks to sign in: it does not know this token");
            default -> reply.notTaken();
        });
    }

    @Override
    public ConnectorAnswer call(ConnectorCall call) {
        ConnectorAnswer there = there();
        if (there.outcome() != Outcome.SUCCEEDED) {
            return there.beforeTheOrder();
        }
        if (!call.renewLease().getAsBoolean()) {
            return ConnectorAnswer.takenOver();
        }
        Map<String, String> parameters = new HashMap<>(call.parameters());
        parameters.put(settings.keyParameter(), call.key());
        return api.exchange(pipeline.run(parameters), AzureDevopsConnector::begun);
    }

    private static ConnectorAnswer begun(ToolReply reply) throws IOException {
        if (reply.status() != 200) {
            return reply.isSuccess()
                    ? ConnectorAnswer.ambiguous("Azure DevOps answered " + reply.status() + " to an order")
                    : reply.notTaken();
        }
        JsonNode run = reply.json();
        return ConnectorAnswer.accepted(id(run)).at(page(run));
    }

    @Override
    public ConnectorAnswer ask(ConnectorCall call, @Nullable String reference) {
        if (reference == null) {
            return askForKey(call);
        }
        return ToldRun.parse(reference)
                .map(told -> askBuild(call, told))
                .orElseGet(() -> ConnectorAnswer.ambiguous("'" + reference + "' is no run of a pipeline"));
    }

    private ConnectorAnswer askBuild(ConnectorCall call, ToldRun told) {
        return api.exchange(
                pipeline.build(told.run()),
                reply -> reply.status() == 200 ? became(reply.json(), call, told) : reply.unanswered());
    }

    private ConnectorAnswer became(JsonNode build, ConnectorCall call, ToldRun told) throws IOException {
        ConnectorAnswer answer = Pipeline.state(build, id(build));
        if (answer.outcome() == Outcome.ACCEPTED) {
            boolean runs = build.path("status").asText().equals("inProgress");
            return ConnectorAnswer.accepted((runs ? runLog.more(told, call) : told).reference())
                    .at(page(build));
        }
        return runLog.rest(told, call) ? answer.at(page(build)) : ConnectorAnswer.takenOver();
    }

    private ConnectorAnswer askForKey(ConnectorCall call) {
        return api.exchange(pipeline.since(call.notBefore().minus(CLOCKS)), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            JsonNode builds = reply.json().path("value");
            if (!builds.isArray()) {
                throw new IOException("Azure DevOps tells no runs");
            }
            boolean all = builds.size() < Pipeline.RUNS
                    && reply.header("x-ms-continuationtoken").isEmpty();
            return among(ids(builds), all, call);
        });
    }

    private ConnectorAnswer among(List<String> ids, boolean all, ConnectorCall call) {
        boolean certain = all;
        for (String id : ids) {
            if (!call.renewLease().getAsBoolean()) {
                return ConnectorAnswer.takenOver();
            }
            ConnectorAnswer ours = ours(id, call);
            if (ours.outcome() == Outcome.SUCCEEDED) {
                return call.renewLease().getAsBoolean() ? askBuild(call, ToldRun.of(id)) : ConnectorAnswer.takenOver();
            }
            certain &= ours.outcome() == Outcome.NEVER_SEEN;
        }
        return certain
                ? ConnectorAnswer.neverSeen()
                : ConnectorAnswer.ambiguous("Not every run since this step began shows whose it is");
    }

    /** Succeeded if the run is this order's, never seen if it shows another key. */
    private ConnectorAnswer ours(String id, ConnectorCall call) {
        return api.exchange(pipeline.run(id), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            String key = reply.json()
                    .path("templateParameters")
                    .path(settings.keyParameter())
                    .asText("");
            if (key.isEmpty()) {
                return ConnectorAnswer.ambiguous("The run " + id + " shows no key");
            }
            return key.equals(call.key()) ? ConnectorAnswer.succeeded("") : ConnectorAnswer.neverSeen();
        });
    }

    private static List<String> ids(JsonNode builds) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode build : builds) {
            ids.add(id(build));
        }
        return ids;
    }

    private static String id(JsonNode run) throws IOException {
        String id = run.path("id").asText();
        if (!ID.matcher(id).matches()) {
            throw new IOException("Azure DevOps tells no number of a run");
        }
        return id;
    }

    private static @Nullable String page(JsonNode run) {
        return run.path("_links").path("web").path("href").asText(null);
    }

    @Override
    protected HttpUriRequestBase end(String reference) {
        return pipeline.cancel(ToldRun.parse(reference).orElseThrow().run());
    }

    @Override
    protected Set<Integer> taken() {
        return Set.of(200);
    }
}
