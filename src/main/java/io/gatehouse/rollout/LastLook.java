package io.gatehouse.rollout;

import io.gatehouse.change.Clearance;
import io.gatehouse.change.Objection;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The look at the change's approvals right before a tool is called to run a step. It is taken after the command was
 * leased, not in the transaction that leases it: whatever commits in between is seen. Undoing is always allowed, because
 * it is the way back.
 */
@Component
class LastLook {

    private final Clearance clearance;
    private final Json json;

    LastLook(Clearance clearance, Json json) {
        this.clearance = clearance;
        this.json = json;
    }

    /** Why the tool must not be called, if so. Asking for the result of an earlier call is no call. */
    @Nullable
    Objection objection(Lease lease, StepInPlan step) {
        if (lease.command().kind() == CommandKind.UNDO || lease.before() == CommandState.ACCEPTED) {
            return null;
        }
        return clearance
                .objection(step.change(), step.fingerprint())
                .orElseGet(() -> isPlanned(step) ? null : notPlanned(step));
    }

    /**
     * Whether the plan has such a step. Of an authored process it cannot be told: its steps are boxes of a model, which
     * the plan only fills in.
     */
    private boolean isPlanned(StepInPlan step) {
        if (step.document() == null) {
            return false;
        }
        RolloutPlan plan = json.read(step.document(), RolloutPlan.class);
        return !plan.process().equals(RolloutPlan.STANDARD_PROCESS)
                || plan.steps().contains(planned(step.step()));
    }

    private static PlannedStep planned(Step step) {
        return new PlannedStep(
                step.stage(),
                step.name(),
                step.connector(),
                step.target(),
                step.parameters(),
                step.undo(),
                step.cannotBeUndone());
    }

    private static Objection notPlanned(StepInPlan step) {
        return new Objection(
                Objection.Reason.ALTERED,
                "Step " + step.step().seq() + " is not as the approved plan of " + step.change() + " says.");
    }
}
