package io.gatehouse.rollout.web;

import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.ManualWork;
import io.gatehouse.rollout.OnFailedVerification;
import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import io.gatehouse.rollout.Stage;
import io.gatehouse.rollout.Undo;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A plan as its requester writes it. */
record PlanInput(
        @NotBlank @Size(max = 64) String process,
        @Size(max = 50) @Nullable List<@NotNull @Valid StepInput> steps,
        @Size(max = 50) @Nullable Map<@Size(max = 64) String, @NotNull @Size(max = 1000) String> parameters,
        @Size(max = 50) @Nullable List<@NotBlank @Size(max = 500) String> checklist,
        @Size(max = 40) @Nullable String soak,
        @Nullable OnFailedVerification onFailedVerification) {

    record StepInput(
            @NotNull Stage stage,
            @NotBlank @Size(max = 200) String name,
            @Size(min = 1, max = 64) @Nullable String connector,
            @Valid @Nullable ManualInput manual,
            @NotBlank @Size(max = 200) String target,
            @Size(max = 50) @Nullable Map<@Size(max = 64) String, @NotNull @Size(max = 1000) String> parameters,
            @Valid @Nullable UndoInput undo,
            @Size(min = 1, max = 500) @Nullable String cannotBeUndone,
            @Nullable Boolean check,
            @Size(min = 1, max = 4000) @Nullable String runbook,
            @Size(max = 40) @Nullable String expectedDuration) {

        PlannedStep toStep(String path) {
            return new PlannedStep(
                    stage,
                    name,
                    connectorOf(path, connector, manual),
                    target,
                    orNone(parameters),
                    undo == null ? null : undo.toUndo(path + ".undo"),
                    cannotBeUndone,
                    Boolean.TRUE.equals(check),
                    runbook,
                    durationIfPresent(path + ".expectedDuration", expectedDuration),
                    manual == null ? null : manual.toWork());
        }
    }

    record UndoInput(
            @Size(min = 1, max = 64) @Nullable String connector,
            @Valid @Nullable ManualInput manual,
            @Size(max = 50) @Nullable Map<@Size(max = 64) String, @NotNull @Size(max = 1000) String> parameters) {

        Undo toUndo(String path) {
            return new Undo(
                    connectorOf(path, connector, manual), orNone(parameters), manual == null ? null : manual.toWork());
        }
    }

    /** What a person does, in the place of a connector. */
    record ManualInput(
            @NotBlank @Size(max = ManualWork.LONGEST_INSTRUCTIONS) String instructions,
            @Size(max = ManualWork.MOST_ITEMS) @Nullable
                    List<@NotBlank @Size(max = ManualWork.LONGEST_ITEM) String> checklist) {

        ManualWork toWork() {
            return new ManualWork(instructions, Objects.requireNonNullElse(checklist, List.of()));
        }
    }

    private static String connectorOf(String path, @Nullable String connector, @Nullable ManualInput manual) {
        if (connector == null && manual == null) {
            throw ProblemException.invalid(path + ".connector", "or manual must be given");
        }
        return connector == null ? ManualWork.CONNECTOR : connector;
    }

    RolloutPlan toPlan() {
        List<StepInput> given = Objects.requireNonNullElse(steps, List.of());
        return new RolloutPlan(
                process,
                IntStream.range(0, given.size())
                        .mapToObj(i -> given.get(i).toStep("steps[" + i + "]"))
                        .toList(),
                orNone(parameters),
                Objects.requireNonNullElse(checklist, List.of()),
                Objects.requireNonNullElse(durationIfPresent("soak", soak), Duration.ZERO),
                Objects.requireNonNullElse(onFailedVerification, OnFailedVerification.ROLL_BACK));
    }

    static @Nullable Duration durationIfPresent(String field, @Nullable String text) {
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalid(field, "must be an ISO 8601 duration such as PT30M");
        }
    }

    static Map<String, String> orNone(@Nullable Map<String, String> given) {
        return Objects.requireNonNullElse(given, Map.of());
    }
}
