package io.gatehouse.rollout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a change is put into production.
 *
 * @param process id of the process that does it: {@code Rollout}, or one that a team has drawn itself
 * @param steps for {@code Rollout} the steps by stage; empty for an authored process, whose steps are its boxes
 * @param parameters for an authored process what its boxes may use, such as the version
 * @param checklist what a person verifies after the last step; nothing to verify by hand when empty
 * @param soak how long the result is watched before it is accepted; rollback is one click until then
 * @param onFailedVerification what is done when a step of the stage {@code VERIFY} fails
 * @param rehearses the change whose plan this is tried out for; then everything is undone in the end
 */
public record RolloutPlan(
        String process,
        List<PlannedStep> steps,
        Map<String, String> parameters,
        List<String> checklist,
        Duration soak,
        OnFailedVerification onFailedVerification,
        @Nullable RehearsalOf rehearses) {

    /** The process that goes through the stages of a plan. */
    public static final String STANDARD_PROCESS = "Rollout";

    public RolloutPlan {
        steps = List.copyOf(steps);
        parameters = Map.copyOf(parameters);
        checklist = List.copyOf(checklist);
        // Plans that were written before there was a choice do not say.
        onFailedVerification = Objects.requireNonNullElse(onFailedVerification, OnFailedVerification.ROLL_BACK);
    }

    /** That is no rehearsal. */
    public RolloutPlan(
            String process,
            List<PlannedStep> steps,
            Map<String, String> parameters,
            List<String> checklist,
            Duration soak,
            OnFailedVerification onFailedVerification) {
        this(process, steps, parameters, checklist, soak, onFailedVerification, null);
    }

    /** The same, to be tried out, or not. */
    RolloutPlan rehearsing(@Nullable RehearsalOf change) {
        return new RolloutPlan(process, steps, parameters, checklist, soak, onFailedVerification, change);
    }

    List<PlannedStep> stepsOf(Stage stage) {
        return steps.stream().filter(step -> step.stage() == stage).toList();
    }
}
