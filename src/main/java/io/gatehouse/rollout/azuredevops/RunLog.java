package io.gatehouse.rollout.azuredevops;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolApi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What an ended run tells: how each task ended and what went wrong in it, then what the first failed task printed, or the
 * last one if none failed. A log that cannot be had settles nothing.
 */
class RunLog {

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

    /** @return false if another node has taken over */
    boolean tell(String id, ConnectorCall call) {
        if (!call.renewLease().getAsBoolean()) {
            return false;
        }
        Optional<String> log = tasks(id, call);
        if (log.isEmpty()) {
            return true;
        }
        if (!call.renewLease().getAsBoolean()) {
            return false;
        }
        call.log().accept(api.log(pipeline.log(id, log.get())));
        return true;
    }

    /** Tells the tasks, and returns the number of the log worth reading. */
    private Optional<String> tasks(String id, ConnectorCall call) {
        List<JsonNode> tasks = new ArrayList<>();
        ConnectorAnswer answer = api.exchange(pipeline.timeline(id), reply -> {
            if (reply.status() != 200) {
                return reply.unanswered();
            }
            each(reply.json().path("records"))
                    .filter(record -> record.path("type").asText().equals("Task"))
                    .sorted(BY_TIME)
                    .forEach(tasks::add);
            return ConnectorAnswer.succeeded("");
        });
        boolean told = answer.outcome() == ConnectorAnswer.Outcome.SUCCEEDED;
        call.log().accept(told ? lines(tasks) : "The log could not be fetched: " + answer.detail() + "\n");
        return worthReading(tasks);
    }

    private static String lines(List<JsonNode> tasks) {
        return tasks.stream()
                .flatMap(task -> Stream.concat(
                        Stream.of(task.path("name").asText() + ": "
                                + task.path("result").asText()),
                        each(task.path("issues"))
                                .map(issue -> "  "
                                        + issue.path("type").asText() + ": "
                                        + issue.path("message").asText())))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Optional<String> worthReading(List<JsonNode> tasks) {
        List<JsonNode> printed = tasks.stream()
                .filter(task -> task.path("log").path("id").isInt())
                .toList();
        Stream<JsonNode> failed =
                printed.stream().filter(task -> task.path("result").asText().equals("failed"));
        Stream<JsonNode> last = printed.stream().skip(Math.max(0, printed.size() - 1));
        return Stream.concat(failed, last)
                .findFirst()
                .map(task -> task.path("log").path("id").asText());
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
