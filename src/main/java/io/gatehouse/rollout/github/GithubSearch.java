package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Looks for the run that has a command's key in its title. A run that is not found may be there nevertheless: GitHub
 * lists it only after a while and does not say how long that takes, and a workflow without our key in its
 * {@code run-name} would never be found. So no search ends with an order that was never seen.
 */
class GithubSearch {

    /** A run is shown with its repository and commit, some 20 kB in all. */
    private static final int PER_PAGE = 20;

    private static final int PAGES = 10;

    /** How far the clocks of a GitHub and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final GithubRepository repository;
    private final GithubRuns runs;
    private final String workflow;
    private final String event;

    GithubSearch(GithubRepository repository, GithubRuns runs, String workflow, String event) {
        this.repository = repository;
        this.runs = runs;
        this.workflow = workflow;
        this.event = event;
    }

    ConnectorAnswer find(ConnectorCall call) {
        return page(1, call);
    }

    private ConnectorAnswer page(int page, ConnectorCall call) {
        // Not narrowed by event or time: that goes through an index of its own, which may lag further behind.
        Map<String, String> query = Map.of(
                "exclude_pull_requests", "true",
                "per_page", Integer.toString(PER_PAGE),
                "page", Integer.toString(page));
        return repository.ask(call, reply -> among(reply, page, call), query, "actions", "workflows", workflow, "runs");
    }

    private ConnectorAnswer among(ToolReply reply, int page, ConnectorCall call) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        JsonNode newest = reply.json().path("workflow_runs");
        List<JsonNode> ours = withKey(newest, call);
        if (ours.size() == 1) {
            return runs.of(
                    ours.get(0), call, FollowedRun.of(ours.get(0).path("id").asText()));
        }
        if (ours.size() > 1) {
            return ConnectorAnswer.ambiguous("There are " + ours.size() + " runs with this key");
        }
        return newest.isEmpty() || page == PAGES || reachesBack(newest, call) ? notFound() : page(page + 1, call);
    }

    private static ConnectorAnswer notFound() {
        return ConnectorAnswer.ambiguous("GitHub lists no run with this key, which does not prove that there is none");
    }

    private List<JsonNode> withKey(JsonNode newest, ConnectorCall call) {
        Pattern key = Pattern.compile("(?<![\\w-])" + Pattern.quote(call.key()) + "(?![\\w-])");
        return StreamSupport.stream(newest.spliterator(), false)
                .filter(run -> run.path("event").asText().equals(event))
                .filter(run -> run.path("id").isIntegralNumber())
                .filter(run -> key.matcher(run.path("display_title").asText()).find())
                .toList();
    }

    private static boolean reachesBack(JsonNode newest, ConnectorCall call) throws IOException {
        try {
            return OffsetDateTime.parse(
                            newest.path(newest.size() - 1).path("created_at").asText())
                    .toInstant()
                    .isBefore(call.notBefore().minus(CLOCKS));
        } catch (DateTimeException none) {
            throw new IOException("GitHub does not tell when a run was created", none);
        }
    }
}
