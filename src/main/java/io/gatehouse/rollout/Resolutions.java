package io.gatehouse.rollout;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.ProblemException;
import org.springframework.stereotype.Service;

/** What people decide about steps that no machine can settle. */
@Service
public class Resolutions {

    private static final String RESOLVE = "POST /api/v1/rollouts/{number}/steps/{seq}/resolution";

    private final RolloutRows rollouts;
    private final StepRows steps;
    private final Ledger ledger;
    private final Settlement settlement;
    private final RolloutProcess process;
    private final RolloutAudit audit;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final Contention contention;

    Resolutions(
            RolloutRows rollouts,
            StepRows steps,
            Ledger ledger,
            Settlement settlement,
            RolloutProcess process,
            RolloutAudit audit,
            Permissions permissions,
            CurrentPerson currentPerson,
            Contention contention) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.ledger = ledger;
        this.settlement = settlement;
        this.process = process;
        this.audit = audit;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.contention = contention;
    }

    /**
     * Decides over the API and takes back the tasks in which somebody was asked.
     *
     * @throws ProblemException forbidden to anybody but release managers; conflict if nothing is to be decided
     */
    public Step resolve(String number, int seq, ResolutionAction action, String reason) {
        permissions.require(RESOLVE, currentPerson.find().orElse(null));
        return contention.survive(() -> {
            Rollout rollout = rollouts.lock(number);
            Step step = steps.find(rollout.id(), seq).orElseThrow(() -> noSuchStep(number, seq));
            requireProcess(rollout, action);
            // First, because what follows may end the process that holds the tasks.
            process.stepResolved(rollout.id());
            decide(rollout, step, action, reason);
            steps.list(rollout.id()).stream()
                    .filter(other -> other.state() == StepState.UNKNOWN && other.seq() != seq)
                    .forEach(other -> process.stepUnknown(rollout.id()));
            return steps.get(rollout.id(), seq);
        });
    }

    /** Decides in a task, which its own process ends. Joins the caller's transaction. */
    public void resolveInTask(String number, StepState asked, ResolutionAction action, String reason) {
        Rollout rollout = rollouts.lock(number);
        Step step = steps.list(rollout.id()).stream()
                .filter(candidate -> candidate.state() == asked)
                .findFirst()
                .orElseThrow(() -> nothingToDecide(number));
        decide(rollout, step, action, reason);
    }

    private void decide(Rollout rollout, Step step, ResolutionAction action, String reason) {
        audit.resolved(step, action);
        switch (step.state()) {
            case UNKNOWN -> decideRun(rollout, step, action, reason);
            case UNDO_FAILED -> decideUndo(step, action, reason);
            default -> throw nothingToDecide("Step " + step.seq() + " is " + step.state());
        }
    }

    private void decideRun(Rollout rollout, Step step, ResolutionAction action, String reason) {
        switch (action) {
            case RETRY -> {
                requireSteps(rollout);
                ledger.runAgain(rollout, step);
            }
            case SKIP -> settlement.endRun(step, StepState.NOT_RUN, reason);
            case DONE_BY_HAND -> settlement.endRun(step, StepState.DONE, reason);
        }
    }

    private static void requireSteps(Rollout rollout) {
        if (rollout.state() == RolloutState.ABORTING) {
            throw ProblemException.conflict(
                    "rollout-aborted",
                    "The rollout was aborted",
                    "No step of " + rollout.number() + " begins any more. Say what is so, DONE_BY_HAND or SKIP.");
        }
    }

    private void decideUndo(Step step, ResolutionAction action, String reason) {
        switch (action) {
            case RETRY -> ledger.undo(step);
            case SKIP -> settlement.endUndo(step, StepState.UNDO_SKIPPED, reason);
            case DONE_BY_HAND -> settlement.endUndo(step, StepState.UNDONE, reason);
        }
    }

    private static void requireProcess(Rollout rollout, ResolutionAction action) {
        if (action == ResolutionAction.RETRY && !rollout.state().isLive()) {
            throw ProblemException.conflict(
                    "rollout-ended",
                    "The rollout has ended",
                    rollout.number() + " is " + rollout.state() + ". Say what is so, DONE_BY_HAND or SKIP; put it right"
                            + " with a new change.");
        }
    }

    static ProblemException noSuchStep(String number, int seq) {
        return ProblemException.notFound("step-not-found", "No such step", number + " has no step " + seq + ".");
    }

    private static ProblemException nothingToDecide(String what) {
        return ProblemException.conflict(
                "nothing-to-resolve",
                "Nothing to decide",
                what + "; only a step that is UNKNOWN or UNDO_FAILED waits for a decision.");
    }
}
