package io.gatehouse.rollout;

import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ToolTasks;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Moves the token of a rollout, known by its number. A rollout whose process somebody has deleted has none: what its
 * tools did is written down all the same, and {@link LostRollouts} sees to the rest.
 */
@Component
class RolloutProcess {

    private final ToolTasks tools;
    private final ProcessMessages messages;

    RolloutProcess(ToolTasks tools, ProcessMessages messages) {
        this.tools = tools;
        this.messages = messages;
    }

    void stepEnded(Step step) {
        tools.complete(RolloutNumber.of(step.rollout()), step.activity());
    }

    void undoEnded(Step step) {
        if (step.undoActivity() == null) {
            throw new IllegalStateException("No box waits for the undo of " + step.name());
        }
        tools.complete(RolloutNumber.of(step.rollout()), step.undoActivity());
    }

    /** The boxes that wait for something to be undone. */
    Set<String> waitingUndos(long rollout) {
        return tools.open(RolloutNumber.of(rollout), RolloutModel.TOPIC_UNDO);
    }

    /** Only reaches a rollout in which a person verifies or that is being watched; others see it in the ledger. */
    void rollbackRequested(long rollout) {
        messages.send(RolloutModel.MESSAGE_ROLLBACK_REQUESTED, RolloutNumber.of(rollout));
    }

    /** Asks a person, if the model has a task for it; the API takes a decision either way. */
    void undoFailed(long rollout) {
        messages.send(RolloutModel.MESSAGE_UNDO_FAILED, RolloutNumber.of(rollout));
    }

    void stepUnknown(long rollout) {
        messages.send(RolloutModel.MESSAGE_STEP_UNKNOWN, RolloutNumber.of(rollout));
    }

    /** Asks a person to do something, if the model has a task for it; the API takes a report either way. */
    void workBegun(long rollout) {
        messages.send(RolloutModel.MESSAGE_WORK_BEGUN, RolloutNumber.of(rollout));
    }

    /** Takes back the task of a person who no longer has to do anything. */
    void workEnded(long rollout) {
        messages.send(RolloutModel.MESSAGE_WORK_ENDED, RolloutNumber.of(rollout));
    }

    /** Takes back the task of a person who no longer has to decide. */
    void stepResolved(long rollout) {
        messages.send(RolloutModel.MESSAGE_STEP_RESOLVED, RolloutNumber.of(rollout));
    }
}
