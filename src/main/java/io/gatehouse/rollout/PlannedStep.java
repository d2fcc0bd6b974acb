package io.gatehouse.rollout;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a plan: which connector is called with what, or what a person does, and how that is undone.
 *
 * @param target what it is done to, in the words of the tool, such as a host group; shown to approvers
 * @param undo how it is undone
 * @param cannotBeUndone why it cannot be undone, instead of {@code undo}
 * @param check whether it only looks and changes nothing: it is not undone, and fails the rollout when it fails
 * @param runbook what people should know about it, for whoever approves or watches it
 * @param expectedDuration how long it should take, if the plan says
 * @param manual what a person does; then no tool is called
 */
public record PlannedStep(
        Stage stage,
        String name,
        String connector,
        String target,
        Map<String, String> parameters,
        @Nullable Undo undo,
        @Nullable String cannotBeUndone,
        boolean check,
        @Nullable String runbook,
        @Nullable Duration expectedDuration,
        @Nullable ManualWork manual) {

    public PlannedStep {
        parameters = Map.copyOf(parameters);
    }

    /** By a tool. */
    public PlannedStep(
            Stage stage,
            String name,
            String connector,
            String target,
            Map<String, String> parameters,
            @Nullable Undo undo,
            @Nullable String cannotBeUndone,
            boolean check,
            @Nullable String runbook,
            @Nullable Duration expectedDuration) {
        this(stage, name, connector, target, parameters, undo, cannotBeUndone, check, runbook, expectedDuration, null);
    }

    /** The same step with its names filled in. */
    PlannedStep filled(
            String filledConnector,
            String filledTarget,
            Map<String, String> filledParameters,
            @Nullable Undo filledUndo,
            @Nullable ManualWork filledManual) {
        return new PlannedStep(
                stage,
                name,
                filledConnector,
                filledTarget,
                filledParameters,
                filledUndo,
                cannotBeUndone,
                check,
                runbook,
                expectedDuration,
                filledManual);
    }

    /** Whether there is anything to undo. */
    boolean changesSomething() {
        return stage.changesSomething() && !check;
    }
}
