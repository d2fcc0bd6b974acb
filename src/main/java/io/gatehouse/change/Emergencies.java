package io.gatehouse.change;

import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * What is settled about authorising emergency changes. Every method that writes is called under the lock of the change
 * and in the transaction of the step it belongs to, and leaves an entry in the trail.
 */
@Component
class Emergencies {

    private final EmergencyRows rows;
    private final AuditTrail audit;
    private final Clock clock;

    Emergencies(EmergencyRows rows, AuditTrail audit, Clock clock) {
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    /** Of the present round; none before the policy was asked. */
    Optional<Emergency> find(Change change) {
        return change.type() == ChangeType.EMERGENCY ? rows.find(change) : Optional.empty();
    }

    Emergency get(Change change) {
        return find(change)
                .orElseThrow(() -> new IllegalStateException(
                        "No policy was asked who authorises the emergency " + change.number()));
    }

    void open(Change change, EmergencyPolicy policy) {
        Emergency opened = rows.insert(change, policy, now().plus(policy.timeBox()));
        record("change.EmergencyBoardAsked", change, opened, Map.of("approvals", policy.approvals()));
    }

    /** The further seats have been asked, and the time begins anew. */
    void askedMore(Change change, Emergency emergency) {
        write("change.EmergencyBoardWidened", change, emergency.askingMore(now().plus(emergency.timeBox())));
    }

    /** Its time stands still while it is on hold. */
    void stop(Change change) {
        if (change.state() == ChangeState.AUTHORIZE) {
            find(change).ifPresent(emergency -> write("change.TimeBoxStopped", change, emergency.stopped(now())));
        }
    }

    void goOn(Change change) {
        find(change)
                .filter(emergency -> emergency.stoppedAt() != null)
                .ifPresent(emergency -> write("change.TimeBoxResumed", change, emergency.goingOn(now())));
    }

    /** It was started before it was approved; from now on the time for that runs. */
    void begunUnapproved(Change change) {
        write("change.BegunUnapproved", change, get(change).begunUnapproved(now()));
        audit.record("change.BegunUnapproved", change.number(), Map.of());
    }

    void unauthorised(Change change, Emergency.Unauthorised because) {
        write("change.FoundUnauthorised", change, get(change).unauthorised(because, now()));
        audit.record("change.FoundUnauthorised", change.number(), Map.of("because", because.name()));
    }

    void reported(Change change, String board) {
        write("change.EmergencyReported", change, get(change).reported(board, now()));
        audit.record("change.EmergencyReported", change.number(), Map.of("board", board));
    }

    private void write(String action, Change change, Emergency emergency) {
        rows.update(emergency);
        record(action, change, emergency, Map.of());
    }

    private void record(String action, Change change, Emergency emergency, Map<String, ?> facts) {
        Map<String, Object> all = new TreeMap<>(facts);
        all.put("change", change.number());
        audit.recordState(action, AuditTrail.numbered("emergency", emergency.id()), all, emergency.fingerprint());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
