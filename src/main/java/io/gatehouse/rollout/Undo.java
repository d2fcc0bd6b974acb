package io.gatehouse.rollout;

import java.util.Map;

/** How a step is undone: which connector is called with what. */
public record Undo(String connector, Map<String, String> parameters) {

    public Undo {
        parameters = Map.copyOf(parameters);
    }
}
