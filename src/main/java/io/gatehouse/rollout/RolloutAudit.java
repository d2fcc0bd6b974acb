package io.gatehouse.rollout;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Objection;
import io.gatehouse.rollout.connector.CommandKind;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the audit trail is told about rollouts. */
@Component
class RolloutAudit {

    private final AuditTrail trail;
    private final ReasonRows reasons;

    RolloutAudit(AuditTrail trail, ReasonRows reasons) {
        this.trail = trail;
        this.reasons = reasons;
    }

    void opened(Rollout rollout) {
        trail.record(
                "rollout.Opened",
                rollout.number(),
                Map.of(
                        "change", rollout.change(),
                        "process", rollout.process(),
                        "row", rollout.fingerprint()));
    }

    void moved(Rollout rollout, RolloutState state, @Nullable Instant ended) {
        trail.record(
                "rollout.Moved",
                rollout.number(),
                Map.of(
                        "change", rollout.change(),
                        "state", state.name(),
                        "row", rollout.fingerprint(state, ended)));
    }

    void targetsTaken(Rollout rollout, Collection<String> services) {
        trail.record(
                "rollout.TargetsTaken",
                rollout.number(),
                Map.of("environment", rollout.environment(), "services", List.copyOf(services)));
    }

    void targetsReleased(long rollout) {
        trail.record("rollout.TargetsReleased", RolloutNumber.of(rollout), Map.of());
    }

    void processLost(Rollout rollout) {
        trail.record("rollout.ProcessLost", rollout.number(), Map.of("change", rollout.change()));
    }

    /** @param rollout as it is since */
    void rollbackRequested(Rollout rollout) {
        trail.record(
                "rollout.RollbackRequested",
                rollout.number(),
                Map.of("change", rollout.change(), "row", rollout.fingerprint()));
    }

    /** @param rollout as it is since */
    void paused(Rollout rollout, String reason) {
        said("rollout.Paused", rollout, reason);
    }

    /** @param rollout as it is since */
    void resumed(Rollout rollout, String reason) {
        said("rollout.Resumed", rollout, reason);
    }

    /** @param rollout as it is since */
    void aborted(Rollout rollout, String reason) {
        said("rollout.Aborted", rollout, reason);
    }

    /** @param rollout as it is since */
    void kept(Rollout rollout, String reason) {
        said("rollout.WhatRanKept", rollout, reason);
    }

    private void said(String action, Rollout rollout, String reason) {
        trail.record(
                action,
                rollout.number(),
                Map.of(
                        "change", rollout.change(),
                        "reasonSha256", reasons.keep(rollout.id(), action, reason),
                        "row", rollout.fingerprint()));
    }

    /** @param report the digest of what they said */
    void workReported(Command command, WorkResult result, String report) {
        trail.record(
                "rollout.WorkReported",
                RolloutNumber.of(command.rollout()),
                Map.of(
                        "seq", command.seq(),
                        "kind", command.kind().name(),
                        "attempt", command.attempt(),
                        "result", result.name(),
                        "report", report));
    }

    void quarantineBegun(Quarantine quarantine) {
        trail.recordState("rollout.QuarantineBegun", named(quarantine), Map.of(), quarantine.fingerprint());
    }

    void quarantineReleased(Quarantine quarantine) {
        trail.recordState("rollout.QuarantineReleased", named(quarantine), Map.of(), quarantine.fingerprint());
    }

    private static String named(Quarantine quarantine) {
        return "quarantine-" + quarantine.name();
    }

    void failedCheckAccepted(Step step) {
        trail.record("rollout.FailedCheckAccepted", RolloutNumber.of(step.rollout()), Map.of("seq", step.seq()));
    }

    /** @param row the digest of what was planned, and of when it began */
    void stepBegun(long rollout, int seq, String row) {
        trail.record(
                "rollout.StepBegun",
                RolloutNumber.of(rollout),
                Map.of("seq", seq, "step", row, "progress", Step.progress(StepState.RUNNING, "", null)));
    }

    void stepMoved(Step step, StepState state, String detail, @Nullable Instant ended) {
        trail.record(
                "rollout.StepMoved",
                RolloutNumber.of(step.rollout()),
                Map.of(
                        "seq", step.seq(),
                        "connector", step.connector(),
                        "state", state.name(),
                        "progress", Step.progress(state, detail, ended)));
    }

    void undoSettled(Step step) {
        trail.record("rollout.UndoSettled", RolloutNumber.of(step.rollout()), Map.of("seq", step.seq()));
    }

    void commanded(Step step, CommandKind kind, CommandRows.Written command) {
        trail.record(
                "rollout.Commanded",
                RolloutNumber.of(step.rollout()),
                Map.of(
                        "seq", step.seq(),
                        "connector", step.connector(),
                        "kind", kind.name(),
                        "attempt", command.attempt(),
                        "command", command.fingerprint()));
    }

    void commandEnded(Command command, CommandState state) {
        trail.record(
                "rollout.CommandEnded",
                RolloutNumber.of(command.rollout()),
                Map.of(
                        "seq", command.seq(),
                        "kind", command.kind().name(),
                        "attempt", command.attempt(),
                        "state", state.name()));
    }

    void commandLost(Step step) {
        trail.record("rollout.CommandLost", RolloutNumber.of(step.rollout()), Map.of("seq", step.seq()));
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

    void stopRequested(Command command, String reason) {
        String action = "rollout.StopRequested";
        String digest = reasons.keep(command.rollout(), action, reason);
        trail.record(action, RolloutNumber.of(command.rollout()), stop(command, "reasonSha256", digest));
    }

    void stopAnswered(Command command, StopState state) {
        trail.record("rollout.StopAnswered", RolloutNumber.of(command.rollout()), stop(command, "state", state.name()));
    }

    private static Map<String, Object> stop(Command command, String name, String value) {
        return Map.of("seq", command.seq(), "kind", command.kind().name(), "attempt", command.attempt(), name, value);
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
