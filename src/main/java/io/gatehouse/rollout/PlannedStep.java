package io.gatehouse.rollout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a plan: which connector is called with what, and how that is undone.
 *
 * @param target what it is done to, in the words of the tool, such as a host group; shown to approvers
 * @param undo how it is undone
 * @param cannotBeUndone why it cannot be undone, instead of {@code undo}
 */
public record PlannedStep(
        Stage stage,
        String name,
        String connector,
        String target,
        Map<String, String> parameters,
        @Nullable Undo undo,
        @Nullable String cannotBeUndone) {

    public PlannedStep {
        parameters = Map.copyOf(parameters);
    }

    /** The same step with its names filled in. */
    PlannedStep filled(String filledTarget, Map<String, String> filledParameters, @Nullable Undo filledUndo) {
        return new PlannedStep(stage, name, connector, filledTarget, filledParameters, filledUndo, cannotBeUndone);
    }
}
