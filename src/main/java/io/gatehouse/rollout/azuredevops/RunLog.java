package io.gatehouse.rollout.azuredevops;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolReply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a run tells: while it goes on, each task that has ended with what it printed, and what the one that runs has printed
 * so far; in the end how the other tasks ended and what went wrong in them, then what the first failed task printed, or the
 * last one if none failed. A log that cannot be had settles nothing.
 */
class RunLog {

    /** How many logs are read with one question about a run that goes on. */
    private static final int LOGS = 5;

    /** Tasks of several jobs have the same order; what was skipped may not have begun at all. */
    private static final Comparator<JsonNode> BY_TIME = Comparator.comparing(
                    (JsonNode task) -> task.path("startTime").asText("~"))
            .thenComparingInt(task -> task.path("order").asInt());

    private final ToolApi api;
    private final Pipeline pipeline;

    RunLog(ToolApi api, Pipeline pipeline) {
        this.api = api;
        this.pipeline = pipeline;
    }

    /** Keeps what is new of a run that goes on; what cannot be had now comes with a later question. */
    ToldRun more(ToldRun before, ConnectorCall call) {
        List<JsonNode> tasks = new ArrayList<>();
        if (!call.renewLease().getAsBoolean() || !read(before.run(), tasks).isEmpty()) {
            return before;
        }
        ToldRun told = before;
        int left = LOGS;
        for (JsonNode task : tasks) {
            if (isIn(task, "completed") && number(task) > 0 && !told.has(number(task))) {
                Optional<ToldRun> with = told.with(number(task));
                if (with.isEmpty() || left-- == 0 || !ended(task, told, call)) {
                    return told;
                }
                told = with.get();
            }
        }
        return left == 0 ? told : follow(tasks, told, call);
    }

    private boolean ended(JsonNode task, ToldRun told, ConnectorCall call) {
        Optional<String> log = log(told.run(), number(task), call);
        int from = told.from(number(task));
        log.map(text -> text.substring(Math.min(from, text.length())))
                .map(text -> text.isEmpty() || text.endsWith("\n") ? text : text + "\n")
                .ifPresent(text -> call.log().accept(from == 0 ? line(task) + text : text + line(task)));
        return log.isPresent();
    }

    /** Whole lines only, so that no secret is cut in two and so not recognised. */
    private ToldRun follow(List<JsonNode> tasks, ToldRun told, ConnectorCall call) {
        List<JsonNode> running = tasks.stream()
                .filter(task -> isIn(task, "inProgress") && number(task) > 0)
                .toList();
        Optional<JsonNode> followed = Stream.concat(
                        running.stream().filter(task -> number(task) == told.log()), running.stream())
                .findFirst();
        if (followed.isEmpty()) {
            return told;
        }
        int number = number(followed.get());
        int from = told.from(number);
        String text = log(told.run(), number, call).orElse("");
        int end = text.lastIndexOf('\n') + 1;
        Optional<ToldRun> with = told.upTo(number, end);
        if (end <= from || with.isEmpty()) {
            return told;
        }
        call.log().accept((from == 0 ? name(followed.get()) + ": running\n" : "") + text.substring(from, end));
        return with.get();
    }

    private Optional<String> log(String run, int number, ConnectorCall call) {
        return call.renewLease().getAsBoolean()
                ? api.beginning(pipeline.log(run, Integer.toString(number)))
                        .filter(reply -> reply.status() == 200)
                        .map(ToolReply::text)
                : Optional.empty();
    }

    /**
     * Keeps what is left once a run has ended.
     *
     * @return false if another node has taken over
     */
    boolean rest(ToldRun told, ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return false;
        }
        List<JsonNode> tasks = new ArrayList<>();
        String trouble = read(told.run(), tasks);
        List<JsonNode> left =
                tasks.stream().filter(task -> !told.has(number(task))).toList();
        call.log()
                .accept(
                        trouble.isEmpty()
                                ? left.stream().map(RunLog::line).collect(Collectors.joining())
                                : "The log could not be fetched: " + trouble + "\n");
        Optional<Integer> log = worthReading(tasks).filter(number -> !told.has(number));
        if (log.isEmpty()) {
            return true;
        }
        if (!call.renewLease().getAsBoolean()) {
            return false;
        }
        String text = api.log(pipeline.log(told.run(), log.get().toString()));
        call.log().accept(text.substring(Math.min(told.from(log.get()), text.length())));
        return true;
    }

    /** Reads the tasks in the order of their beginning; returns why they cannot be had, or nothing. */
    private String read(String run, List<JsonNode> tasks) {
        ConnectorAnswer answer = api.exchange(pipeline.timeline(run), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            each(reply.json().path("records"))
                    .filter(record -> record.path("type").asText().equals("Task"))
                    .sorted(BY_TIME)
                    .forEach(tasks::add);
            return ConnectorAnswer.succeeded("");
        });
        return answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED ? "" : answer.detail();
    }

    private static String line(JsonNode task) {
        return Stream.concat(
                        Stream.of(name(task) + ": " + task.path("result").asText()),
                        each(task.path("issues"))
                                .map(issue -> "  "
                                        + issue.path("type").asText() + ": "
                                        + issue.path("message").asText()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Optional<Integer> worthReading(List<JsonNode> tasks) {
        List<JsonNode> printed = tasks.stream().filter(task -> number(task) > 0).toList();
        Stream<JsonNode> failed =
                printed.stream().filter(task -> task.path("result").asText().equals("failed"));
        Stream<JsonNode> last = printed.stream().skip(Math.max(0, printed.size() - 1));
        return Stream.concat(failed, last).findFirst().map(RunLog::number);
    }

    private static String name(JsonNode task) {
        return task.path("name").asText();
    }

    /** Of its log; 0 if it has none. */
    private static int number(JsonNode task) {
        return task.path("log").path("id").asInt();
    }

    private static boolean isIn(JsonNode task, String state) {
        return task.path("state").asText().equals(state);
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
