package io.gatehouse.release;

import io.gatehouse.audit.AuditTrail;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells releases what has become of those that they need, in the transaction that makes it so. */
@Component
class DependentReleases {

    private final DependencyRows rows;
    private final StageEntries entries;
    private final AuditTrail audit;

    DependentReleases(DependencyRows rows, StageEntries entries, AuditTrail audit) {
        this.rows = rows;
        this.entries = entries;
        this.audit = audit;
    }

    /**
     * Whoever waits looks again, and is let in or told something else. That a release will never be through anything is
     * noted of each that needs it.
     */
    @EventListener
    void over(ReleaseOver over) {
        List<ReleaseDependency> needed = rows.neededBy(over.release().stored());
        if (over.release().state() == ReleaseState.RETIRED) {
            needed.forEach(this::noteRetired);
        }
        if (!needed.isEmpty()) {
            entries.retry();
        }
    }

    private void noteRetired(ReleaseDependency dependency) {
        audit.record(
                "release.NeededReleaseRetired",
                dependency.release(),
                Map.of(
                        "stage", dependency.stage(),
                        "needs", dependency.needs(),
                        "needsStage", dependency.needsStage()));
    }
}
