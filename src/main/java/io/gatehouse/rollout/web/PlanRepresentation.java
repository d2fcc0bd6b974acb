package io.gatehouse.rollout.web;

import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan as the API shows it. */
record PlanRepresentation(
        String process, List<PlannedStep> steps, Map<String, String> parameters, List<String> checklist, String soak) {

    static PlanRepresentation of(RolloutPlan plan) {
        return new PlanRepresentation(
                plan.process(),
                plan.steps(),
                new TreeMap<>(plan.parameters()),
                plan.checklist(),
                plan.soak().toString());
    }
}
