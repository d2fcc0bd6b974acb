package io.gatehouse.rollout;

import io.gatehouse.engine.ToolTask;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A step as a team has drawn it: the element template writes the connector and its parameters into the box, and a value
 * may name a parameter of the plan, as in {@code {version}}.
 */
final class AuthoredStep {

    private AuthoredStep() {}

    static boolean isOne(ToolTask task) {
        return task.properties().containsKey("connector");
    }

    static PlannedStep of(ToolTask task, RolloutPlan plan) {
        Map<String, String> properties = task.properties();
        String undoConnector = properties.get("undo.connector");
        return new PlannedStep(
                Stage.valueOf(properties.getOrDefault("stage", Stage.DEPLOY_APPLICATION.name())),
                task.name(),
                Objects.requireNonNull(properties.get("connector"), "connector"),
                BracedNames.fill(properties.getOrDefault("target", ""), plan.parameters()),
                parameters("parameter.", task, plan),
                undoConnector == null ? null : new Undo(undoConnector, parameters("undo.parameter.", task, plan)),
                properties.get("cannotBeUndone"),
                false,
                null,
                null);
    }

    private static Map<String, String> parameters(String prefix, ToolTask task, RolloutPlan plan) {
        Map<String, String> parameters = new TreeMap<>();
        task.properties().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                parameters.put(name.substring(prefix.length()), BracedNames.fill(value, plan.parameters()));
            }
        });
        return parameters;
    }
}
