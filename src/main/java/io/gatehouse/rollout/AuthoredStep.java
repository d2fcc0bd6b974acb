package io.gatehouse.rollout;

import io.gatehouse.engine.ToolTask;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A step as a team has drawn it: the element template writes the connector and its parameters into the box, and a value
 * may name a parameter of the plan, as in {@code {version}}.
 */
final class AuthoredStep {

    private static final Pattern PLAN_PARAMETER = Pattern.compile("\\{([a-zA-Z][a-zA-Z0-9]*)}");

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
                fill(properties.getOrDefault("target", ""), plan),
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
                parameters.put(name.substring(prefix.length()), fill(value, plan));
            }
        });
        return parameters;
    }

    private static String fill(String value, RolloutPlan plan) {
        return PLAN_PARAMETER
                .matcher(value)
                .replaceAll(match ->
                        Matcher.quoteReplacement(plan.parameters().getOrDefault(match.group(1), match.group())));
    }
}
