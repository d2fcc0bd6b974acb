package io.gatehouse.rollout;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the new version is brought out wherever a {@link Strategy} wants it, and how it is taken away there.
 *
 * @param undo may name the same as the call
 * @param cannotBeUndone why it cannot be undone, instead of {@code undo}
 */
public record NewVersion(ToolCall call, @Nullable Undo undo, @Nullable String cannotBeUndone) {

    PlannedStep step(String name, Map<String, String> meanings) {
        Undo filled = undo == null ? null : fill(undo, meanings);
        return call.step(Stage.DEPLOY_APPLICATION, name, meanings, filled, cannotBeUndone, false);
    }

    private static Undo fill(Undo undo, Map<String, String> meanings) {
        return new Undo(
                undo.connector(),
                BracedNames.fill(undo.parameters(), meanings),
                ManualWork.map(undo.manual(), text -> BracedNames.fill(text, meanings)));
    }
}
