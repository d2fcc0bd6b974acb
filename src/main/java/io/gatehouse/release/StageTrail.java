package io.gatehouse.release;

import io.gatehouse.audit.AuditTrail;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Writes into the audit trail what happened to a release in a stage. */
@Component
class StageTrail {

    private final StageRows rows;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;

    StageTrail(StageRows rows, ApplicationEventPublisher events, AuditTrail audit) {
        this.rows = rows;
        this.events = events;
        this.audit = audit;
    }

    /** A seat has said something. */
    void signed(Release release, StageRun run, StageSignOff signOff) {
        Map<String, Object> facts = new TreeMap<>(Map.of(
                "release", release.number(),
                "stage", run.stage(),
                "run", AuditTrail.numbered("stage-run", run.id()),
                "seat", signOff.seat(),
                "said", signOff.said().name()));
        if (signOff.inPlaceOf() != null) {
            facts.put("member", signOff.inPlaceOf());
        }
        audit.recordState(
                "release.StageSignedOff",
                AuditTrail.numbered("stage-sign-off", signOff.id()),
                facts,
                signOff.fingerprint());
        events.publishEvent(new ReleaseWritten(release));
    }

    /** Reads the run anew, as it is written now. */
    void record(String action, Release release, long run, Map<String, ?> more) {
        StageRun written = rows.of(release.stored()).stream()
                .filter(one -> one.id() == run)
                .findFirst()
                .orElseThrow();
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("release", release.number());
        facts.put("stage", written.stage());
        if (written.change() != null) {
            facts.put("change", written.change());
        }
        audit.recordState(action, AuditTrail.numbered("stage-run", run), facts, written.fingerprint());
        events.publishEvent(new ReleaseWritten(release));
    }
}
