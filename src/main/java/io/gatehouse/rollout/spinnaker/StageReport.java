package io.gatehouse.rollout.spinnaker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How far each stage of an execution is and what went wrong in it, where that is shown. */
record StageReport(Execution execution) {

    /** A stage is no later than those that came after it; what was never begun comes last. */
    private static final Comparator<JsonNode> BY_TIME =
            Comparator.comparingLong(stage -> stage.path("startTime").asLong(Long.MAX_VALUE));

    /** A line for each stage that has begun. */
    List<String> begun() {
        return stages().filter(stage -> !stage.path("status").asText().equals("NOT_STARTED"))
                .map(StageReport::state)
                .toList();
    }

    /** A line for each stage and for each message, which can have more of them. */
    List<String> all() {
        return stages().flatMap(stage -> Stream.concat(Stream.of(state(stage)), messages(stage)))
                .toList();
    }

    private Stream<JsonNode> stages() {
        return each(execution.json().path("stages")).sorted(BY_TIME);
    }

    private static String state(JsonNode stage) {
        return name(stage) + ": " + stage.path("status").asText();
    }

    /** Each names its stage, because the line of that may have been told long before. */
    private static Stream<String> messages(JsonNode stage) {
        JsonNode context = stage.path("context");
        JsonNode details = context.path("exception").path("details");
        Stream<JsonNode> errors =
                details.path("errors").isEmpty() ? Stream.of(details.path("error")) : each(details.path("errors"));
        Stream<JsonNode> operations = each(context.path("kato.tasks"))
                .map(task -> task.path("exception").path("message"));
        return Stream.concat(errors, operations)
                .map(message -> message.asText(""))
                .filter(message -> !message.isEmpty())
                .map(message -> name(stage) + ": " + message.strip().replace("\n", "\n  "));
    }

    private static String name(JsonNode stage) {
        return stage.path("name").asText();
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
