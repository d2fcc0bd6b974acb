package io.gatehouse.rollout.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How far a pipeline is, and what its jobs came to. */
class GitlabPipelines {

    /** The jobs whose log tells most, the most telling first. */
    private static final List<Predicate<JsonNode>> TELLING = List.of(
            job -> isIn(job, "failed") && !job.path("allow_failure").asBoolean(),
            job -> isIn(job, "failed"),
            job -> isIn(job, "canceled"),
            job -> isIn(job, "success"));

    private final GitlabProject project;

    GitlabPipelines(GitlabProject project) {
        this.project = project;
    }

    /** @param id only digits */
    ConnectorAnswer ask(ConnectorCall call, String id) {
        return project.ask(call, reply -> read(reply, call, id), Map.of(), "pipelines", id);
    }

    private ConnectorAnswer read(ToolReply reply, ConnectorCall call, String id) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        JsonNode pipeline = reply.json();
        if (!pipeline.path("id").asText().equals(id)) {
            throw new IOException("GitLab tells of something else than pipeline " + id);
        }
        ConnectorAnswer state = state(id, pipeline.path("status").asText());
        ConnectorAnswer answer = state.outcome() == Outcome.ACCEPTED ? state : withJobs(state, call, id);
        return answer.at(pipeline.path("web_url").asText(null));
    }

    /**
     * What a status means. One that waits for somebody, as {@code manual}, has not ended, and neither has one that a
     * later GitLab may have.
     */
    private static ConnectorAnswer state(String id, String status) {
        return switch (status) {
            case "success" -> ConnectorAnswer.succeeded("Pipeline " + id + " succeeded");
            case "failed", "canceled", "skipped" -> ConnectorAnswer.failed("Pipeline " + id + " ended as " + status);
            default -> ConnectorAnswer.accepted(id);
        };
    }

    /** The result stands, whether the jobs can be had or not. */
    private ConnectorAnswer withJobs(ConnectorAnswer ended, ConnectorCall call, String id) {
        ConnectorAnswer jobs =
                project.ask(call, reply -> jobs(reply, call), Map.of("per_page", "100"), "pipelines", id, "jobs");
        return jobs.outcome() == Outcome.SUCCEEDED
                ? new ConnectorAnswer(ended.outcome(), ended.detail() + jobs.detail(), null, null)
                : ended;
    }

    private ConnectorAnswer jobs(ToolReply reply, ConnectorCall call) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        JsonNode jobs = reply.json();
        Optional<String> telling = TELLING.stream()
                .flatMap(wanted -> stream(jobs).filter(wanted))
                .filter(job -> job.path("id").isIntegralNumber())
                .map(job -> job.get("id").asText())
                .findFirst();
        if (telling.isPresent() && call.renewLease().getAsBoolean()) {
            call.log().accept(project.log(telling.get()));
        }
        return ConnectorAnswer.succeeded(
                stream(jobs).map(GitlabPipelines::line).collect(Collectors.joining(", ", "; jobs: ", "")));
    }

    private static String line(JsonNode job) {
        String reason = job.path("failure_reason").asText("");
        String state = job.path("name").asText() + " " + job.path("status").asText();
        return isIn(job, "failed") && !reason.isEmpty() ? state + " (" + reason + ")" : state;
    }

    private static boolean isIn(JsonNode job, String status) {
        return job.path("status").asText().equals(status);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
