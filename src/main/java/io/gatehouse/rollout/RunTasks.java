package io.gatehouse.rollout;

import io.gatehouse.change.Changes;
import io.gatehouse.engine.ToolTask;
import io.gatehouse.engine.ToolTaskListener;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Begins the next step of a rollout when a token enters a box that runs one. */
@Component
class RunTasks implements ToolTaskListener {

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final RolloutPlans plans;
    private final Changes changes;
    private final Ledger ledger;

    RunTasks(RolloutRows rollouts, StepRows steps, RolloutPlans plans, Changes changes, Ledger ledger) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.plans = plans;
        this.changes = changes;
        this.ledger = ledger;
    }

    @Override
    public String topic() {
        return RolloutModel.TOPIC_RUN;
    }

    @Override
    public void entered(ToolTask task) {
        Rollout rollout = rollouts.lock(task.number());
        RolloutPlan plan = plans.planOf(rollout.change());
        PlannedStep step = AuthoredStep.isOne(task) ? AuthoredStep.of(task, plan) : next(rollout, plan, stageOf(task));
        // One whose names stand for nothing is begun as it is written, and refused by the last look.
        ledger.begin(rollout, names(rollout).fill(step).orElse(step), task.activity(), task.handler());
    }

    private PlanNames names(Rollout rollout) {
        return PlanNames.of(changes.find(rollout.change()));
    }

    /** The standard process enters the box of a stage once for each of its steps. */
    private PlannedStep next(Rollout rollout, RolloutPlan plan, Stage stage) {
        List<PlannedStep> planned = plan.stepsOf(stage);
        int begun = (int) steps.list(rollout.id()).stream()
                .filter(step -> step.stage() == stage)
                .count();
        return planned.get(begun);
    }

    private static Stage stageOf(ToolTask task) {
        return Stage.valueOf(Objects.requireNonNull(task.properties().get("stage"), "stage"));
    }
}
