package io.gatehouse.rollout.spinnaker;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** How each stage of an execution ended and what went wrong in it, where that is shown. */
record StageReport(Execution execution) {

    /** A stage is no later than those that came after it; what was never begun comes last. */
    private static final Comparator<JsonNode> BY_TIME =
            Comparator.comparingLong(stage -> stage.path("startTime").asLong(Long.MAX_VALUE));

    /** A line for each stage and for each message. */
    String lines() {
        return each(execution.json().path("stages"))
                .sorted(BY_TIME)
                .flatMap(stage -> Stream.concat(Stream.of(state(stage)), messages(stage.path("context"))))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String state(JsonNode stage) {
        return stage.path("name").asText() + ": " + stage.path("status").asText();
    }

    private static Stream<String> messages(JsonNode context) {
        JsonNode details = context.path("exception").path("details");
        Stream<JsonNode> errors =
                details.path("errors").isEmpty() ? Stream.of(details.path("error")) : each(details.path("errors"));
        Stream<JsonNode> operations = each(context.path("kato.tasks"))
                .map(task -> task.path("exception").path("message"));
        return Stream.concat(errors, operations)
                .map(message -> message.asText(""))
                .filter(message -> !message.isEmpty())
                .map(message -> "  " + message.strip().replace("\n", "\n  "));
    }

    private static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
