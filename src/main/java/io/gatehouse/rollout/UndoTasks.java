package io.gatehouse.rollout;

import io.gatehouse.engine.ToolTask;
import io.gatehouse.engine.ToolTaskListener;
import org.springframework.stereotype.Component;

/**
 * Notices that the diagram has begun to undo. Which step is undone when is decided by {@link RollbackChain} once the
 * engine has opened all undo tasks: it opens them one after the other, and not in the order of the ledger.
 */
@Component
class UndoTasks implements ToolTaskListener {

    private final RolloutRows rollouts;
    private final Ledger ledger;
    private final DispatchSignal signal;

    UndoTasks(RolloutRows rollouts, Ledger ledger, DispatchSignal signal) {
        this.rollouts = rollouts;
        this.ledger = ledger;
        this.signal = signal;
    }

    @Override
    public String topic() {
        return RolloutModel.TOPIC_UNDO;
    }

    @Override
    public void entered(ToolTask task) {
        Rollout rollout = rollouts.lock(task.number());
        if (rollout.state() != RolloutState.ROLLING_BACK) {
            if (rollout.isPaused()) {
                // Another branch of the diagram may wait for a step, which nobody could resume from now on.
                ledger.letGo(rollout);
            }
            ledger.move(rollout, RolloutState.ROLLING_BACK);
            signal.afterCommit();
        }
    }
}
