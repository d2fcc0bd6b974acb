package io.gatehouse.rollout.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.gatehouse.api.ProblemException;
import io.gatehouse.rollout.MaxUnavailable;
import io.gatehouse.rollout.NewVersion;
import io.gatehouse.rollout.Strategy;
import io.gatehouse.rollout.ToolCall;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a plan is to be drafted from; each strategy asks for something else. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "strategy")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "ALL_AT_ONCE", value = DraftInput.AllAtOnceInput.class),
    @JsonSubTypes.Type(name = "ROLLING", value = DraftInput.RollingInput.class),
    @JsonSubTypes.Type(name = "BLUE_GREEN", value = DraftInput.BlueGreenInput.class),
    @JsonSubTypes.Type(name = "CANARY", value = DraftInput.CanaryInput.class)
})
sealed interface DraftInput {

    /** Targets are put together with commas. */
    String TARGET = "[A-Za-z0-9][A-Za-z0-9._:/-]*";

    String TARGET_MESSAGE = "must be letters, digits and ._:/- only, beginning with a letter or digit";

    Strategy toStrategy();

    @Nullable
    List<String> checklist();

    @Nullable
    String soak();

    record AllAtOnceInput(
            @NotNull @Valid VersionInput deploy,
            @NotEmpty @Size(max = 100)
                    List<@NotNull @Pattern(regexp = TARGET, message = TARGET_MESSAGE) @Size(max = 100) String> targets,
            @Valid @Nullable CallInput check,
            @Size(max = 50) @Nullable List<@NotBlank @Size(max = 500) String> checklist,
            @Size(max = 40) @Nullable String soak)
            implements DraftInput {

        @Override
        public Strategy toStrategy() {
            return Strategy.allAtOnce(deploy.toVersion(), distinct(targets), call("check", check));
        }
    }

    record RollingInput(
            @NotNull @Valid VersionInput deploy,
            @NotEmpty @Size(max = 100)
                    List<@NotNull @Pattern(regexp = TARGET, message = TARGET_MESSAGE) @Size(max = 100) String> targets,
            @NotNull
                    @Pattern(
                            regexp = MaxUnavailable.PATTERN,
                            message = "must be a count, as 2, or a part of all, as 25%")
                    String maxUnavailable,
            @Valid @Nullable CallInput check,
            @Size(max = 50) @Nullable List<@NotBlank @Size(max = 500) String> checklist,
            @Size(max = 40) @Nullable String soak)
            implements DraftInput {

        @Override
        public Strategy toStrategy() {
            return Strategy.rolling(
                    deploy.toVersion(), distinct(targets), MaxUnavailable.parse(maxUnavailable), call("check", check));
        }
    }

    record BlueGreenInput(
            @NotNull @Valid VersionInput deploy,
            @NotNull @Valid CallInput traffic,
            @NotNull @Valid CallInput check,
            @NotNull @Pattern(regexp = TARGET, message = TARGET_MESSAGE) @Size(max = 50) String live,
            @NotNull @Pattern(regexp = TARGET, message = TARGET_MESSAGE) @Size(max = 50) String idle,
            @Size(max = 50) @Nullable List<@NotBlank @Size(max = 500) String> checklist,
            @Size(max = 40) @Nullable String soak)
            implements DraftInput {

        @Override
        public Strategy toStrategy() {
            if (live.equals(idle)) {
                throw ProblemException.invalid("idle", "must be another colour than the live one");
            }
            return Strategy.blueGreen(deploy.toVersion(), traffic.toCall("traffic"), check.toCall("check"), live, idle);
        }
    }

    record CanaryInput(
            @NotNull @Valid VersionInput deploy,
            @NotNull @Valid CallInput traffic,
            @NotNull @Valid CallInput verdict,
            @NotEmpty @Size(max = 20) List<@NotNull @Min(1) @Max(100) Integer> percentages,
            @Size(max = 50) @Nullable List<@NotBlank @Size(max = 500) String> checklist,
            @Size(max = 40) @Nullable String soak)
            implements DraftInput {

        @Override
        public Strategy toStrategy() {
            if (!percentages.stream().sorted().distinct().toList().equals(percentages)) {
                throw ProblemException.invalid("percentages", "must rise");
            }
            return Strategy.canary(
                    deploy.toVersion(), traffic.toCall("traffic"), verdict.toCall("verdict"), percentages);
        }
    }

    /** What a tool is told; names in braces are what the strategy fills in. */
    record CallInput(
            @NotBlank @Size(max = 64) String connector,
            @NotBlank @Size(max = 200) String target,
            @Size(max = 50) @Nullable Map<@Size(max = 64) String, @NotNull @Size(max = 1000) String> parameters,
            @Size(min = 1, max = 4000) @Nullable String runbook,
            @Size(max = 40) @Nullable String expectedDuration) {

        ToolCall toCall(String path) {
            return new ToolCall(
                    connector,
                    target,
                    PlanInput.orNone(parameters),
                    runbook,
                    PlanInput.durationIfPresent(path + ".expectedDuration", expectedDuration));
        }
    }

    record VersionInput(
            @NotBlank @Size(max = 64) String connector,
            @NotBlank @Size(max = 200) String target,
            @Size(max = 50) @Nullable Map<@Size(max = 64) String, @NotNull @Size(max = 1000) String> parameters,
            @Valid PlanInput.@Nullable UndoInput undo,
            @Size(min = 1, max = 500) @Nullable String cannotBeUndone,
            @Size(min = 1, max = 4000) @Nullable String runbook,
            @Size(max = 40) @Nullable String expectedDuration) {

        NewVersion toVersion() {
            ToolCall call = new CallInput(connector, target, parameters, runbook, expectedDuration).toCall("deploy");
            return new NewVersion(call, undo == null ? null : undo.toUndo("deploy.undo"), cannotBeUndone);
        }
    }

    private static @Nullable ToolCall call(String path, @Nullable CallInput input) {
        return input == null ? null : input.toCall(path);
    }

    private static List<String> distinct(List<String> targets) {
        if (new HashSet<>(targets).size() < targets.size()) {
            throw ProblemException.invalid("targets", "must be named once each");
        }
        return targets;
    }
}
