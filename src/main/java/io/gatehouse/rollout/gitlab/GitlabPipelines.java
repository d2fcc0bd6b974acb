package io.gatehouse.rollout.gitlab;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    ConnectorAnswer ask(ConnectorCall call, Followed followed) {
        return project.ask(call, reply -> read(reply, call, followed), Map.of(), "pipelines", followed.pipeline());
    }

    private ConnectorAnswer read(ToolReply reply, ConnectorCall call, Followed followed) throws IOException {
        if (reply.status() != 200) {
            return reply.unanswered();
        }
        String id = followed.pipeline();
        JsonNode pipeline = reply.json();
        if (!pipeline.path("id").asText().equals(id)) {
            throw new IOException("GitLab tells of something else than pipeline " + id);
        }
        ConnectorAnswer state = state(id, pipeline.path("status").asText());
        ConnectorAnswer answer = state.outcome() == Outcome.ACCEPTED
                ? ConnectorAnswer.accepted((isIn(pipeline, "running") ? follow(call, followed) : followed).reference())
                : withJobs(state, call, followed);
        return answer.at(pipeline.path("web_url").asText(null));
    }

    /** With one question more: what the job has printed since or, once it is quiet, which job is running. */
    private Followed follow(ConnectorCall call, Followed followed) {
        if (!call.renewLease().getAsBoolean()) {
            return followed;
        }
        return followed.hasJobToAsk() ? logSoFar(call, followed) : runningJob(followed);
    }

    /** The one that began first. */
    private Followed runningJob(Followed followed) {
        return project.look(Map.of("per_page", "100"), "pipelines", followed.pipeline(), "jobs").stream()
                .flatMap(GitlabPipelines::jobs)
                .filter(job -> isIn(job, "running") && job.path("id").isIntegralNumber())
                .min(Comparator.comparingLong(job -> job.get("id").asLong()))
                .map(job -> followed.with(job.get("id").asText()))
                .orElse(followed);
    }

    private static Stream<JsonNode> jobs(ToolReply reply) {
        try {
            return stream(reply.json());
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /** Whole lines only, so that no secret is cut in two and so not recognised. GitLab has no way to ask for a part. */
    private Followed logSoFar(ConnectorCall call, Followed followed) {
        String log = trace(followed).orElse("");
        int end = log.lastIndexOf('\n') + 1;
        if (end <= followed.told()) {
            return followed.upTo(followed.told());
        }
        call.log().accept(log.substring(followed.told(), end));
        return followed.upTo(end);
    }

    private Optional<String> trace(Followed followed) {
        return project.look(Map.of(), "jobs", Objects.requireNonNull(followed.job()), "trace")
                .map(ToolReply::text);
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
    private ConnectorAnswer withJobs(ConnectorAnswer ended, ConnectorCall call, Followed followed) {
        ConnectorAnswer jobs = project.ask(
                call,
                reply -> jobs(reply, call, followed),
                Map.of("per_page", "100"),
                "pipelines",
                followed.pipeline(),
                "jobs");
        return jobs.outcome() == Outcome.SUCCEEDED
                ? new ConnectorAnswer(ended.outcome(), ended.detail() + jobs.detail(), null, null)
                : ended;
    }

    private ConnectorAnswer jobs(ToolReply reply, ConnectorCall call, Followed followed) throws IOException {
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
            call.log().accept(rest(telling.get(), followed));
        }
        return ConnectorAnswer.succeeded(
                stream(jobs).map(GitlabPipelines::line).collect(Collectors.joining(", ", "; jobs: ", "")));
    }

    private String rest(String job, Followed followed) {
        return job.equals(followed.job())
                ? trace(followed)
                        .map(log -> log.substring(Math.min(log.length(), followed.told())))
                        .orElse("The rest of the log could not be fetched")
                : project.log(job);
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
