package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import org.springframework.stereotype.Component;

/**
 * Carries the end of a command into the ledger and lets the token that waited for it go on. Every method is called
 * under the lock of the rollout, by whoever has moved the command.
 */
@Component
class Settlement {

    private final StepRows steps;
    private final Ledger ledger;
    private final RollbackChain chain;
    private final RolloutProcess process;
    private final RolloutAudit audit;

    Settlement(StepRows steps, Ledger ledger, RollbackChain chain, RolloutProcess process, RolloutAudit audit) {
        this.steps = steps;
        this.ledger = ledger;
        this.chain = chain;
        this.process = process;
        this.audit = audit;
    }

    void succeeded(Command command, String detail) {
        succeeded(new CommandOfStep(command, stepOf(command)), detail);
    }

    void succeeded(CommandOfStep ended, String detail) {
        Command command = ended.command();
        Step step = ended.step();
        audit.commandEnded(command, CommandState.DONE);
        if (command.kind() == CommandKind.RUN) {
            endRun(step, StepState.DONE, detail);
        } else {
            endUndo(step, StepState.UNDONE, detail);
        }
    }

    /** @param began false if the tool provably did nothing */
    void failed(Command command, String detail, boolean began) {
        failed(new CommandOfStep(command, stepOf(command)), detail, began);
    }

    /** @param began false if the tool provably did nothing */
    void failed(CommandOfStep ended, String detail, boolean began) {
        Command command = ended.command();
        Step step = ended.step();
        audit.commandEnded(command, CommandState.FAILED);
        if (command.kind() == CommandKind.RUN) {
            endRun(step, began ? StepState.FAILED : StepState.NOT_RUN, detail);
        } else {
            ledger.move(step, StepState.UNDO_FAILED, detail);
            process.undoFailed(step.rollout());
        }
    }

    void unknown(Command command, String detail) {
        audit.commandEnded(command, CommandState.UNKNOWN);
        Step step = stepOf(command);
        if (command.kind() == CommandKind.RUN) {
            ledger.move(step, StepState.UNKNOWN, detail);
            process.stepUnknown(step.rollout());
        } else {
            ledger.move(step, StepState.UNDO_FAILED, "Nobody knows whether this was undone. " + detail);
            process.undoFailed(step.rollout());
        }
    }

    /** Whether it changes nothing, so that its result is of no use once everything is to be undone. */
    boolean isCheck(Command command) {
        return !stepOf(command).changesSomething();
    }

    /** Ends a step with a token waiting in its box. */
    void endRun(Step step, StepState state, String detail) {
        ledger.move(step, state, detail);
        process.stepEnded(step);
    }

    /** Ends the undo of a step and goes on with the one before. */
    void endUndo(Step step, StepState state, String detail) {
        ledger.move(step, state, detail);
        chain.settle(step);
        chain.advance(step.rollout());
    }

    private Step stepOf(Command command) {
        return steps.get(command.rollout(), command.seq());
    }
}
