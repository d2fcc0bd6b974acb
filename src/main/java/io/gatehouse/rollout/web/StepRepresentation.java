package io.gatehouse.rollout.web;

import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Step;
import io.gatehouse.rollout.StepState;
import io.gatehouse.rollout.Undo;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A step that began, as the API shows it. */
record StepRepresentation(
        int seq,
        Stage stage,
        String name,
        String connector,
        String target,
        Map<String, String> parameters,
        @Nullable Undo undo,
        @Nullable String cannotBeUndone,
        boolean check,
        @Nullable String runbook,
        @Nullable String expectedDuration,
        StepState state,
        String detail,
        @Nullable String link,
        Instant startedAt,
        @Nullable Instant endedAt) {

    static StepRepresentation of(Step step, @Nullable String link) {
        return new StepRepresentation(
                step.seq(),
                step.stage(),
                step.name(),
                step.connector(),
                step.target(),
                new TreeMap<>(step.parameters()),
                step.undo(),
                step.cannotBeUndone(),
                step.check(),
                step.runbook(),
                Objects.toString(step.expectedDuration(), null),
                step.state(),
                step.detail(),
                link,
                step.startedAt(),
                step.endedAt());
    }
}
