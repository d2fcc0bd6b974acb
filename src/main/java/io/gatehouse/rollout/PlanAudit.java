package io.gatehouse.rollout;

import io.gatehouse.audit.AuditTrail;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Records which plan a change had at which time, by its digest: what is approved is what is carried out. */
@Component
class PlanAudit {

    private final AuditTrail trail;
    private final Json json;

    PlanAudit(AuditTrail trail, Json json) {
        this.trail = trail;
        this.json = json;
    }

    void written(String change, RolloutPlan plan) {
        trail.record(
                "rollout.PlanWritten",
                change,
                Map.of(
                        "process",
                        plan.process(),
                        "steps",
                        plan.steps().size(),
                        "sha256",
                        Sha256.of(json.write(plan)),
                        "row",
                        PlanRows.fingerprint(plan.process(), json.write(plan))));
    }
}
