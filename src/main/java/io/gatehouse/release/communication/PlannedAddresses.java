package io.gatehouse.release.communication;

import io.gatehouse.access.KeptAddresses;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseNumber;
import io.gatehouse.release.Releases;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Addresses in communication plans, of releases that are over too. Each plan is what it was without the address, which the
 * audit trail says. What is being told of a release meanwhile is in the outbox once its release is locked.
 */
@Component
@Order(1)
class PlannedAddresses implements KeptAddresses {

    private final CommunicationRows rows;
    private final Releases releases;
    private final AuditTrail audit;

    PlannedAddresses(CommunicationRows rows, Releases releases, AuditTrail audit) {
        this.rows = rows;
        this.releases = releases;
        this.audit = audit;
    }

    @Override
    public void erase(String person, String address, String standIn) {
        for (String stored : rows.releasesThatTell(address)) {
            Release release = releases.lock(ReleaseNumber.of(stored));
            rows.find(stored).ifPresent(plan -> erase(release, plan.without(address), person));
        }
    }

    private void erase(Release release, CommunicationPlan plan, String person) {
        rows.update(plan);
        audit.recordState(
                "release.AddressErased",
                "communication-" + release.stored(),
                Map.of("release", release.number(), "version", plan.version(), "person", person),
                plan.fingerprint());
    }
}
