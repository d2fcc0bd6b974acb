package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes down each step and each command to a tool. Every method is called under the lock of the rollout. */
@Component
class Ledger {

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final CommandRows commands;
    private final RolloutAudit audit;
    private final DispatchSignal signal;

    Ledger(RolloutRows rollouts, StepRows steps, CommandRows commands, RolloutAudit audit, DispatchSignal signal) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.commands = commands;
        this.audit = audit;
        this.signal = signal;
    }

    void begin(Rollout rollout, PlannedStep planned, String activity, @Nullable String undoActivity) {
        int seq = rollouts.nextSeq(rollout.id());
        audit.stepBegun(rollout.id(), seq, steps.insert(rollout.id(), seq, planned, activity, undoActivity));
        command(steps.get(rollout.id(), seq), CommandKind.RUN, planned.connector());
        holdBackIfPaused(rollout);
    }

    /** Has the tool run the step once more. */
    void runAgain(Rollout rollout, Step step) {
        move(step, StepState.RUNNING, "");
        command(step, CommandKind.RUN, step.connector());
        holdBackIfPaused(rollout);
    }

    /**
     * Holds back every step whose command no node has taken yet. A node that takes one at this moment meets it at the
     * row of the command, so that either the step runs or it is held.
     */
    void holdBackIfPaused(Rollout rollout) {
        if (rollout.isPaused()) {
            commands.runs(rollout.id(), CommandState.NEW).stream()
                    .filter(command -> commands.move(command, CommandState.HELD, Duration.ZERO))
                    .forEach(command -> move(stepOf(command), StepState.HELD, ""));
        }
    }

    /** Has the tools called that were not because of a pause. */
    void letGo(Rollout rollout) {
        commands.runs(rollout.id(), CommandState.HELD).stream()
                .filter(command -> commands.move(command, CommandState.NEW, Duration.ZERO))
                .forEach(command -> move(stepOf(command), StepState.RUNNING, ""));
        signal.afterCommit();
    }

    void undo(Step step) {
        Undo undo = step.undo();
        if (undo == null) {
            throw new IllegalStateException("The plan does not say how to undo " + step.name());
        }
        move(step, StepState.UNDOING, "");
        command(step, CommandKind.UNDO, undo.connector());
    }

    void move(Step step, StepState state, String detail) {
        String kept = detail.substring(0, Math.min(detail.length(), ConnectorAnswer.MAX_DETAIL));
        audit.stepMoved(step, state, kept, steps.move(step, state, kept));
    }

    /** A pause ends where no step can begin any more. */
    void move(Rollout rollout, RolloutState state) {
        if (rollout.isPaused() && !state.mayBePaused()) {
            rollouts.resume(rollout.id());
        }
        audit.moved(rollout, state, rollouts.move(rollout.id(), state));
    }

    private Step stepOf(Command command) {
        return steps.get(command.rollout(), command.seq());
    }

    private void command(Step step, CommandKind kind, String connector) {
        audit.commanded(step, kind, commands.insert(step, kind, connector));
        signal.afterCommit();
    }
}
