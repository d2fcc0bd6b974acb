package io.gatehouse.rollout;

import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Change;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Shows approvers what will be run where, step by step, and how each step is undone. */
@Component
class PlanToApprove implements ApproverInsight {

    private final RolloutPlanning planning;

    PlanToApprove(RolloutPlanning planning) {
        this.planning = planning;
    }

    @Override
    public String field() {
        return "rolloutPlan";
    }

    @Override
    public String about(Change change) {
        return planning.findIfPresent(change.number())
                .map(stored -> lines(stored.plan()))
                .orElse("none: it is made by hand or by a pipeline that reports the result");
    }

    private static String lines(RolloutPlan plan) {
        return plan.steps().isEmpty()
                ? "process " + plan.process() + " with " + plan.parameters()
                : plan.steps().stream().map(PlanToApprove::line).collect(Collectors.joining("\n"));
    }

    private static String line(PlannedStep step) {
        String undo = step.undo() == null
                ? step.stage().changesSomething() ? "cannot be undone: " + step.cannotBeUndone() : "changes nothing"
                : "undo: " + step.undo().connector() + " " + step.undo().parameters();
        return step.stage() + ": " + step.name() + " on " + step.target() + " (" + step.connector() + " "
                + step.parameters() + "; " + undo + ")";
    }
}
