package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How far a run is, and what its jobs came to. */
class GithubRuns {

    private final GithubRepository repository;

    GithubRuns(GithubRepository repository) {
        this.repository = repository;
    }

    /** @param id only digits */
    ConnectorAnswer ask(ConnectorCall call, String id) {
        return repository.ask(call, reply -> read(reply, call, id), Map.of(), "actions", "runs", id);
    }

    private ConnectorAnswer read(ToolReply reply, ConnectorCall call, String id) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        JsonNode run = reply.json();
        if (!run.path("id").asText().equals(id)) {
            throw new IOException("GitHub tells of something else than run " + id);
        }
        return of(run, call, id);
    }

    /** The same for a run that GitHub has shown already. */
    ConnectorAnswer of(JsonNode run, ConnectorCall call, String id) {
        String link = run.path("html_url").asText("");
        boolean completed = run.path("status").asText().equals("completed");
        ConnectorAnswer state = completed ? ended(id, run.path("conclusion").asText("")) : ConnectorAnswer.accepted(id);
        ConnectorAnswer answer = state.outcome() == Outcome.ACCEPTED ? state : withJobs(state, call, id, link);
        return answer.at(link);
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

    /** The result stands, whether the jobs can be had or not. */
    private ConnectorAnswer withJobs(ConnectorAnswer ended, ConnectorCall call, String id, String link) {
        ConnectorAnswer jobs = repository.ask(
                call,
                reply -> reply.status() == 200 ? jobs(reply.json(), call, link) : reply.unanswered(),
                Map.of("per_page", "50"),
                "actions",
                "runs",
                id,
                "jobs");
        return jobs.outcome() == Outcome.SUCCEEDED
                ? new ConnectorAnswer(ended.outcome(), ended.detail() + jobs.detail(), null, null)
                : ended;
    }

    private static ConnectorAnswer jobs(JsonNode reply, ConnectorCall call, String link) {
        call.log()
                .accept(stream(reply.path("jobs"))
                        .flatMap(GithubRuns::lines)
                        .collect(Collectors.joining(
                                "\n",
                                "",
                                "\nGitHub answers a request for a log with a redirect, which is not followed. The log is at "
                                        + link + "\n")));
        return ConnectorAnswer.succeeded(
                stream(reply.path("jobs")).map(GithubRuns::line).collect(Collectors.joining(", ", "; jobs: ", "")));
    }

    private static Stream<String> lines(JsonNode job) {
        return Stream.concat(Stream.of(line(job)), stream(job.path("steps")).map(step -> "  " + line(step)));
    }

    private static String line(JsonNode part) {
        String state = part.path("conclusion").asText("");
        String shown = state.isEmpty() ? part.path("status").asText() : state;
        return (part.path("name").asText() + " " + shown).replaceAll("\\p{Cntrl}+", " ");
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
