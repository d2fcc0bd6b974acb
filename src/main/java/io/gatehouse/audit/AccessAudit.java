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
                trail.account(event.name()),
                Map.of(),
                Fingerprint.of(event.name(), event.subject(), event.at()));
    }

    @EventListener
    void on(PersonWritten event) {
        people.record("access." + event.what(), event.person(), Map.of());
    }

    @EventListener
    void on(AccountRefused event) {
        trail.record(
                "access.AccountRefused",
                Fingerprint.of(event.subject()),
                Map.of("person", event.name(), "reason", event.reason()));
    }

    @EventListener
    void on(CallRefused event) {
        Map<String, Object> facts = event.address().isEmpty()
                ? Map.of("call", event.call(), "furtherTimes", event.times())
                : Map.of("call", event.call(), "address", trail.address(event.address()));
        trail.record("access.CallRefused", trail.person(event.person()), facts);
    }

    @EventListener
    void on(SignInFailed event) {
        Map<String, Object> facts = Map.of(
                "inARow", event.inARow(), "pausedUntil", event.pausedUntil().toString());
        trail.record("access.SignInFailed", trail.person(event.person()), facts);
        if (event.locked()) {
            trail.record("access.LockedOut", trail.person(event.person()), facts);
        }
    }
}
