package io.gatehouse.rollout.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * Looks for the pipeline that has a command's key among its variables. A list of pipelines does not show them, so each
 * one that the API has started since the step began is asked, the newest first.
 */
class GitlabSearch {

    private static final int PER_PAGE = 20;
    private static final int PAGES = 5;

    /** How far the clocks of a GitLab and of ours may be apart. */
    private static final Duration CLOCKS = Duration.ofMinutes(10);

    private final GitlabProject project;
    private final GitlabPipelines pipelines;
    private final String keyVariable;

    GitlabSearch(GitlabProject project, GitlabPipelines pipelines, String keyVariable) {
        this.project = project;
        this.pipelines = pipelines;
        this.keyVariable = keyVariable;
    }

    /** How far the pipeline is; never seen if GitLab shows none with the key at this moment. */
    ConnectorAnswer find(ConnectorCall call) {
        return page(1, call);
    }

    private ConnectorAnswer page(int page, ConnectorCall call) {
        if (page > PAGES) {
            return ConnectorAnswer.ambiguous("It is not among the " + PER_PAGE * PAGES
                    + " newest pipelines started by the API, and older ones are possible");
        }
        Map<String, String> query = Map.of(
                "source", "api",
                "order_by", "id",
                "sort", "desc",
                "per_page", Integer.toString(PER_PAGE),
                "page", Integer.toString(page));
        return project.ask(call, reply -> among(reply, page, call), query, "pipelines");
    }

    private ConnectorAnswer among(ToolReply reply, int page, ConnectorCall call) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        JsonNode newest = reply.json();
        if (!newest.isArray()) {
            throw new IOException("GitLab tells no pipelines");
        }
        for (JsonNode pipeline : newest) {
            if (isOlder(pipeline, call)) {
                return ConnectorAnswer.neverSeen();
            }
            ConnectorAnswer answer = ifItHoldsTheKey(id(pipeline), call);
            if (answer.outcome() != Outcome.NEVER_SEEN) {
                return answer;
            }
        }
        // Not a short page but an empty one is the end: a GitLab may show fewer on a page than it is asked for.
        return newest.isEmpty() ? ConnectorAnswer.neverSeen() : page(page + 1, call);
    }

    private ConnectorAnswer ifItHoldsTheKey(String id, ConnectorCall call) {
        return project.ask(
                call,
                reply -> {
                    if (reply.status() != 200) {
                        return reply.unanswered();
                    }
                    return holdsTheKey(reply.json(), call)
                            ? pipelines.ask(call, Followed.of(id))
                            : ConnectorAnswer.neverSeen();
                },
                Map.of("per_page", "100"),
                "pipelines",
                id,
                "variables");
    }

    private boolean holdsTheKey(JsonNode variables, ConnectorCall call) throws IOException {
        if (!variables.isArray()) {
            throw new IOException("GitLab tells no variables");
        }
        return StreamSupport.stream(variables.spliterator(), false)
                .anyMatch(variable -> variable.path("key").asText().equals(keyVariable)
                        && variable.path("value").asText().equals(call.key()));
    }

    private static boolean isOlder(JsonNode pipeline, ConnectorCall call) throws IOException {
        try {
            return OffsetDateTime.parse(pipeline.path("created_at").asText())
                    .toInstant()
                    .isBefore(call.notBefore().minus(CLOCKS));
        } catch (DateTimeException none) {
            throw new IOException("GitLab does not tell when a pipeline was created", none);
        }
    }

    private static String id(JsonNode pipeline) throws IOException {
        if (!pipeline.path("id").isIntegralNumber()) {
            throw new IOException("GitLab tells a pipeline without a number");
        }
        return pipeline.get("id").asText();
    }
}
