package io.gatehouse.rollout;

import io.gatehouse.engine.CallableFromModels;
import java.util.Optional;

/** What models ask about the plan of a change; the change is known by its number. */
@CallableFromModels
public class RolloutPlans {

    private final PlanRows plans;

    RolloutPlans(PlanRows plans) {
        this.plans = plans;
    }

    public boolean exists(String changeNumber) {
        return plans.processOf(changeNumber).isPresent();
    }

    /** The id of the process that carries out the plan. */
    public String processOf(String changeNumber) {
        return plans.processOf(changeNumber).orElseThrow(() -> missing(changeNumber));
    }

    /** How many steps the plan has in a stage. */
    public int stepsIn(String changeNumber, String stage) {
        return planOf(changeNumber).stepsOf(Stage.valueOf(stage)).size();
    }

    public boolean hasChecklist(String changeNumber) {
        return !planOf(changeNumber).checklist().isEmpty();
    }

    /** How long the result is watched, as an ISO 8601 duration. */
    public String soakOf(String changeNumber) {
        return planOf(changeNumber).soak().toString();
    }

    /** Whether everything is undone in the end. */
    public boolean isRehearsal(String changeNumber) {
        return planOf(changeNumber).rehearses() != null;
    }

    RolloutPlan planOf(String changeNumber) {
        return find(changeNumber).orElseThrow(() -> missing(changeNumber));
    }

    Optional<RolloutPlan> find(String changeNumber) {
        return plans.find(changeNumber).map(PlanRows.Stored::plan);
    }

    private static IllegalStateException missing(String changeNumber) {
        return new IllegalStateException(changeNumber + " has no rollout plan");
    }
}
