package io.gatehouse.rollout.web;

import io.gatehouse.rollout.OnFailedVerification;
import io.gatehouse.rollout.PlannedStep;
import io.gatehouse.rollout.RolloutPlan;
import io.gatehouse.rollout.RolloutPlanning;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.ResponseEntity;

/** A plan as the API shows it. */
record PlanRepresentation(
        String process,
        List<PlannedStep> steps,
        Map<String, String> parameters,
        List<String> checklist,
        String soak,
        OnFailedVerification onFailedVerification) {

    /** An answer with a plan and its version. */
    static ResponseEntity<PlanRepresentation> answer(ResponseEntity.BodyBuilder answer, RolloutPlanning.Stored stored) {
        return answer.eTag(Long.toString(stored.version())).body(of(stored.plan()));
    }

    static PlanRepresentation of(RolloutPlan plan) {
        return new PlanRepresentation(
                plan.process(),
                plan.steps(),
                new TreeMap<>(plan.parameters()),
                plan.checklist(),
                plan.soak().toString(),
                plan.onFailedVerification());
    }
}
