package io.gatehouse.rollout;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Undoes a rollout step by step, the last one first. The engine opens all undo tasks of a rollout at once and in no
 * order; here only one at a time gets a command, the one of the step with the highest number.
 */
@Component
class RollbackChain {

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final Ledger ledger;
    private final RolloutProcess process;
    private final RolloutAudit audit;
    private final Contention contention;

    RollbackChain(
            RolloutRows rollouts,
            StepRows steps,
            Ledger ledger,
            RolloutProcess process,
            RolloutAudit audit,
            Contention contention) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.ledger = ledger;
        this.process = process;
        this.audit = audit;
        this.contention = contention;
    }

    /**
     * Starts the undo of every rollback that stands still, because it has just begun or because a node died.
     *
     * @return how many stood still
     */
    int advanceIdle() {
        return rollouts.idleRollbacks().stream()
                .mapToInt(id -> contention.survive(() -> {
                    rollouts.lock(id);
                    return advance(id) ? 1 : 0;
                }))
                .sum();
    }

    /** Goes on with the highest step not undone yet; under the lock of the rollout. False if there was nothing to do. */
    boolean advance(long rollout) {
        boolean moved = false;
        Optional<Step> next = next(rollout);
        while (next.isPresent() && !next.get().needsUndoCall() && !waits(next.get())) {
            leave(next.get());
            moved = true;
            next = next(rollout);
        }
        if (next.isPresent() && !waits(next.get())) {
            ledger.undo(next.get());
            moved = true;
        }
        return moved;
    }

    /** Lets the token that waited for the undo of this step go on. */
    void settle(Step step) {
        steps.settleUndo(step);
        audit.undoSettled(step);
        process.undoEnded(step);
    }

    private void leave(Step step) {
        if (step.leftAsItIs() != step.state()) {
            ledger.move(step, step.leftAsItIs(), "The plan says that this cannot be undone");
        }
        settle(step);
    }

    private Optional<Step> next(long rollout) {
        Set<String> open = process.waitingUndos(rollout);
        return steps.list(rollout).stream()
                .filter(step -> step.undoActivity() != null && open.contains(step.undoActivity()))
                .filter(step -> !step.undoSettled())
                .max(Comparator.comparingInt(Step::seq));
    }

    private static boolean waits(Step step) {
        return switch (step.state()) {
            case UNDOING, UNDO_FAILED, RUNNING, HELD, UNKNOWN -> true;
            default -> false;
        };
    }
}
