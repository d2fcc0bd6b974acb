package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.Map;

/** How far a run is, and what its jobs came to. */
class GithubRuns {

    private final GithubRepository repository;
    private final GithubJobs jobs;

    GithubRuns(GithubRepository repository, GithubJobs jobs) {
        this.repository = repository;
        this.jobs = jobs;
    }

    ConnectorAnswer ask(ConnectorCall call, FollowedRun followed) {
        return repository.ask(call, reply -> read(reply, call, followed), Map.of(), "actions", "runs", followed.run());
    }

    private ConnectorAnswer read(ToolReply reply, ConnectorCall call, FollowedRun followed) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        JsonNode run = reply.json();
        if (!run.path("id").asText().equals(followed.run())) {
            throw new IOException("GitHub tells of something else than run " + followed.run());
        }
        return of(run, call, followed);
    }

    /** The same for a run that GitHub has shown already. */
    ConnectorAnswer of(JsonNode run, ConnectorCall call, FollowedRun followed) {
        String page = run.path("html_url").asText("");
        String status = run.path("status").asText();
        ConnectorAnswer state = status.equals("completed")
                ? ended(followed.run(), run.path("conclusion").asText(""))
                : ConnectorAnswer.accepted(followed.run());
        if (state.outcome() == Outcome.ACCEPTED) {
            FollowedRun told = status.equals("in_progress") ? jobs.more(followed, call, page) : followed;
            return ConnectorAnswer.accepted(told.reference()).at(page);
        }
        // The result stands, whether the jobs can be had or not.
        return state.adding(jobs.rest(followed, call, page)).at(page);
    }

    /**
     * What a conclusion means. One that asks a person to do something may still go on, and so may one that GitHub will
     * name only later.
     */
    private static ConnectorAnswer ended(String id, String conclusion) {
        return switch (conclusion) {
            case "success" -> ConnectorAnswer.succeeded("Run " + id + " succeeded");
            case "failure",
                    "cancelled",
                    "timed_out",
                    "startup_failure",
                    "stale",
                    "skipped",
                    "neutral" -> ConnectorAnswer.failed("Run " + id + " ended as " + conclusion);
            default -> ConnectorAnswer.accepted(id);
        };
    }
}
