package io.gatehouse.audit;

import io.gatehouse.access.AccountBound;
import io.gatehouse.access.AccountRefused;
import io.gatehouse.access.CallRefused;
import io.gatehouse.access.PersonWritten;
import io.gatehouse.access.SignInFailed;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes down what happens at the doors; {@code access} cannot do it itself, because the trail asks it who acts. */
@Component
class AccessAudit {

    private final AuditTrail trail;
    private final PersonTrail people;

    AccessAudit(AuditTrail trail, PersonTrail people) {
        this.trail = trail;
        this.people = people;
    }

    @EventListener
    void on(AccountBound event) {
        trail.recordState(
                "access.AccountBound",
                "account-" + event.name(),
                Map.of("subject", event.subject()),
                Fingerprint.of(event.name(), event.subject(), event.at()));
    }

    @EventListener
    void on(PersonWritten event) {
        people.record("access." + event.what(), event.person(), Map.of());
    }

    @EventListener
    void on(AccountRefused event) {
        trail.record("access.AccountRefused", event.subject(), Map.of("name", event.name(), "reason", event.reason()));
    }

    @EventListener
    void on(CallRefused event) {
        Map<String, Object> facts = event.address().isEmpty()
                ? Map.of("call", event.call(), "furtherTimes", event.times())
                : Map.of("call", event.call(), "address", event.address());
        trail.record("access.CallRefused", event.person(), facts);
    }

    @EventListener
    void on(SignInFailed event) {
        Map<String, Object> facts = Map.of(
                "inARow", event.inARow(), "pausedUntil", event.pausedUntil().toString());
        trail.record("access.SignInFailed", event.person(), facts);
        if (event.locked()) {
            trail.record("access.LockedOut", event.person(), facts);
        }
    }
}
