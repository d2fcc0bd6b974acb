package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the jobs of a run tell: their steps as they end, and what a job printed once it has ended; GitHub has no log of one
 * that runs. It sends whoever asks for a log on to a place that is valid for a minute, where we go without our credential
 * if connectors may call there.
 */
class GithubJobs {

    /** How many logs are read with one question. */
    private static final int LOGS = 5;

    private final ToolApi api;
    private final GithubRepository repository;

    GithubJobs(ToolApi api, GithubRepository repository) {
        this.api = api;
        this.repository = repository;
    }

    /** Keeps what is new of a run that goes on; what cannot be had now comes with a later question. */
    FollowedRun more(FollowedRun before, ConnectorCall call, String page) {
        FollowedRun told = before;
        int left = LOGS;
        for (JsonNode job : read(before, call).orElse(List.of())) {
            boolean ended = isIn(job, "completed");
            String id = job.path("id").asText();
            if (told.hasEnded(id) || !ended && !isIn(job, "in_progress")) {
                continue;
            }
            int steps = Math.toIntExact(endedSteps(job).count());
            Optional<FollowedRun> with = ended ? told.withAll(id) : told.with(id, steps);
            if (with.isEmpty() || ended && left-- <= 0) {
                continue;
            }
            Optional<String> log = ended ? log(id, call, page) : Optional.of("");
            if (log.isPresent()) {
                if (ended || steps > told.steps(id) || !told.hasBegun(id)) {
                    call.log().accept(lines(job, told) + log.get());
                }
                told = with.get();
            }
        }
        return told;
    }

    /** Keeps what is left once a run has ended; returns a sentence about all jobs, or nothing if they cannot be had. */
    String rest(FollowedRun told, ConnectorCall call, String page) {
        Optional<List<JsonNode>> jobs = read(told, call);
        if (jobs.isEmpty()) {
            return "";
        }
        int left = LOGS;
        for (JsonNode job : jobs.get()) {
            String id = job.path("id").asText();
            if (!told.hasEnded(id)) {
                String log = left-- > 0
                        ? log(id, call, page).orElse("The log could not be fetched; it is at " + page + "\n")
                        : "";
                call.log().accept(lines(job, told) + log);
            }
        }
        return jobs.get().stream().map(GithubJobs::line).collect(Collectors.joining(", ", "; jobs: ", ""));
    }

    private Optional<List<JsonNode>> read(FollowedRun run, ConnectorCall call) {
        List<JsonNode> jobs = new ArrayList<>();
        ConnectorAnswer answer = repository.ask(
                call,
                reply -> {
                    if (reply.status() != 200) {
                        return reply.unanswered();
                    }
                    stream(reply.json().path("jobs"))
                            .filter(job -> job.path("id").isIntegralNumber())
                            .forEach(jobs::add);
                    return ConnectorAnswer.succeeded("");
                },
                Map.of("per_page", "50"),
                "actions",
                "runs",
                run.run(),
                "jobs");
        return answer.outcome() == Outcome.SUCCEEDED ? Optional.of(jobs) : Optional.empty();
    }

    /** What an ended job printed; nothing if that cannot be had now. */
    private Optional<String> log(String job, ConnectorCall call, String page) {
        List<ToolReply> replies = new ArrayList<>();
        repository.ask(
                call,
                reply -> {
                    replies.add(reply);
                    return ConnectorAnswer.succeeded("");
                },
                Map.of(),
                "actions",
                "jobs",
                job,
                "logs");
        Optional<String> place = replies.stream()
                .filter(reply -> reply.status() == 302)
                .flatMap(reply -> reply.header("Location").stream())
                .findFirst();
        if (place.isEmpty() || !call.renewLease().getAsBoolean()) {
            return Optional.empty();
        }
        return api.mayCall(place.get())
                ? api.textAt(place.get()).map(text -> text.endsWith("\n") ? text : text + "\n")
                : Optional.of("The log is at " + host(place.get())
                        + ", which is not among gatehouse.outbound.hosts, and at " + page + "\n");
    }

    private static String host(String place) {
        try {
            return String.valueOf(URI.create(place).getHost());
        } catch (IllegalArgumentException none) {
            return "an address that cannot be read";
        }
    }

    private static String lines(JsonNode job, FollowedRun told) {
        return Stream.concat(
                        Stream.of(line(job)),
                        endedSteps(job)
                                .skip(told.steps(job.path("id").asText()))
                                .map(step -> "  " + line(step)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** They run one after the other. */
    private static Stream<JsonNode> endedSteps(JsonNode job) {
        return isIn(job, "completed")
                ? stream(job.path("steps"))
                : stream(job.path("steps")).takeWhile(step -> isIn(step, "completed"));
    }

    private static String line(JsonNode part) {
        String state = part.path("conclusion").asText("");
        String shown = state.isEmpty() ? part.path("status").asText() : state;
        return (part.path("name").asText() + " " + shown).replaceAll("\\p{Cntrl}+", " ");
    }

    private static boolean isIn(JsonNode part, String status) {
        return part.path("status").asText().equals(status);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
