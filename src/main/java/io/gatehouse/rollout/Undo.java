package io.gatehouse.rollout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a step is undone: which connector is called with what.
 *
 * @param manual what a person does instead; then no tool is called
 */
public record Undo(String connector, Map<String, String> parameters, @Nullable ManualWork manual) {

    public Undo {
        parameters = Map.copyOf(parameters);
    }

    /** By a tool. */
    public Undo(String connector, Map<String, String> parameters) {
        this(connector, parameters, null);
    }
}
