package io.gatehouse.rollout;

import io.gatehouse.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
                Map.of("process", plan.process(), "steps", plan.steps().size(), "sha256", digest(json.write(plan))));
    }

    private static String digest(String document) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(document.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
