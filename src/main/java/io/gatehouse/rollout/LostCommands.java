package io.gatehouse.rollout;

import io.gatehouse.rollout.connector.CommandKind;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Finds steps that wait for the end of a command that is gone or has ended. No transaction leaves one behind, so somebody
 * has written to the database by hand; nobody knows what the tool did, and a person is asked as after any other doubt.
 */
@Component
class LostCommands {

    private static final Logger log = LoggerFactory.getLogger(LostCommands.class);
    private static final String LOST = "The command to its tool is gone, or ended without a word here.";

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final Ledger ledger;
    private final RolloutProcess process;
    private final RolloutAudit audit;
    private final Contention contention;

    LostCommands(
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

    /** Looks again under the lock of the rollout, under which a command ends along with its step. */
    void find(Collection<Long> among) {
        steps.rolloutsWithoutCommand(among)
                .forEach(id -> contention.survive(() -> {
                    rollouts.lock(id);
                    steps.withoutCommand(id).forEach(this::ask);
                    return id;
                }));
    }

    private void ask(Step step) {
        log.error("{} step {} waited for a command that is gone", RolloutNumber.of(step.rollout()), step.seq());
        audit.commandLost(step);
        boolean undo = step.state() == StepState.UNDOING;
        if (step.work(undo ? CommandKind.UNDO : CommandKind.RUN) != null) {
            process.workEnded(step.rollout());
        }
        if (undo) {
            ledger.move(step, StepState.UNDO_FAILED, "Nobody knows whether this was undone. " + LOST);
            process.undoFailed(step.rollout());
        } else {
            ledger.move(step, StepState.UNKNOWN, LOST);
            process.stepUnknown(step.rollout());
        }
    }
}
