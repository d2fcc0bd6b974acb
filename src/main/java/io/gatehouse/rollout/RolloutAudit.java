package io.gatehouse.rollout;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Objection;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What the audit trail is told about rollouts. */
@Component
class RolloutAudit {

    private final AuditTrail trail;

    RolloutAudit(AuditTrail trail) {
        this.trail = trail;
    }

    void opened(Rollout rollout) {
        trail.record(
                "rollout.Opened", rollout.number(), Map.of("change", rollout.change(), "process", rollout.process()));
    }

    void moved(Rollout rollout, RolloutState state) {
        trail.record("rollout.Moved", rollout.number(), Map.of("change", rollout.change(), "state", state.name()));
    }

    void processLost(Rollout rollout) {
        trail.record("rollout.ProcessLost", rollout.number(), Map.of("change", rollout.change()));
    }

    void rollbackRequested(Rollout rollout) {
        trail.record("rollout.RollbackRequested", rollout.number(), Map.of("change", rollout.change()));
    }

    void stepMoved(Step step, StepState state) {
        trail.record(
                "rollout.StepMoved",
                RolloutNumber.of(step.rollout()),
                Map.of("seq", step.seq(), "connector", step.connector(), "state", state.name()));
    }

    void commanded(Step step, CommandKind kind) {
        trail.record(
                "rollout.Commanded",
                RolloutNumber.of(step.rollout()),
                Map.of("seq", step.seq(), "connector", step.connector(), "kind", kind.name()));
    }

    void stopped(Command command, Objection objection) {
        trail.record(
                "rollout.CommandStopped",
                RolloutNumber.of(command.rollout()),
                Map.of(
                        "seq",
                        command.seq(),
                        "attempt",
                        command.attempt(),
                        "reason",
                        objection.reason().name()));
    }

    void resolved(Step step, ResolutionAction action) {
        trail.record(
                "rollout.StepResolved",
                RolloutNumber.of(step.rollout()),
                Map.of("seq", step.seq(), "action", action.name()));
    }

    void callbackConflicted(String source, String deliveryId) {
        trail.record("rollout.CallbackConflicted", source, Map.of("delivery", deliveryId));
    }

    void callbackContradicted(Command command, CommandState told) {
        trail.record(
                "rollout.CallbackContradicted",
                RolloutNumber.of(command.rollout()),
                Map.of("seq", command.seq(), "attempt", command.attempt(), "told", told.name()));
    }
}
