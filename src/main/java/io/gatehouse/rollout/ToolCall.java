package io.gatehouse.rollout;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a tool is told again and again in the course of a {@link Strategy}. Its target and the values of its parameters
 * may name, in braces, what differs each time.
 *
 * @param runbook what people should know about each of the steps
 * @param expectedDuration of each of the steps
 */
public record ToolCall(
        String connector,
        String target,
        Map<String, String> parameters,
        @Nullable String runbook,
        @Nullable Duration expectedDuration) {

    /** A step that only looks. */
    PlannedStep check(Stage stage, String name, Map<String, String> meanings) {
        return step(stage, name, meanings, null, null, true);
    }

    /** A step that is undone by the same call with other meanings, which therefore brings back exactly what was before. */
    PlannedStep reversible(Stage stage, String name, Map<String, String> meanings, Map<String, String> before) {
        return step(stage, name, meanings, new Undo(connector, BracedNames.fill(parameters, before)), null, false);
    }

    PlannedStep step(
            Stage stage,
            String name,
            Map<String, String> meanings,
            @Nullable Undo undo,
            @Nullable String cannotBeUndone,
            boolean check) {
        return new PlannedStep(
                stage,
                name,
                connector,
                BracedNames.fill(target, meanings),
                BracedNames.fill(parameters, meanings),
                undo,
                cannotBeUndone,
                check,
                runbook,
                expectedDuration);
    }
}
