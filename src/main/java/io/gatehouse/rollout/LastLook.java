package io.gatehouse.rollout;

import io.gatehouse.change.Clearance;
import io.gatehouse.change.Objection;
import io.gatehouse.engine.DeployedModels;
import io.gatehouse.rollout.connector.CommandKind;
import java.util.stream.Stream;
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
    private final PlansToSeal seals;
    private final DeployedModels models;
    private final Json json;

    LastLook(Clearance clearance, PlansToSeal seals, DeployedModels models, Json json) {
        this.clearance = clearance;
        this.seals = seals;
        this.models = models;
        this.json = json;
    }

    /** Why the tool must not be called, if so. Asking for the result of an earlier call is no call. */
    @Nullable
    Objection objection(Lease lease, StepInPlan step) {
        if (lease.command().kind() == CommandKind.UNDO || lease.before() == CommandState.ACCEPTED) {
            return null;
        }
        Clearance.Finding found = clearance.look(step.change(), seals.ofRunning(step));
        if (found.objection() != null) {
            return found.objection();
        }
        return isPlanned(step, PlanNames.of(found.environment(), found.artifacts())) ? null : notPlanned(step);
    }

    /**
     * Whether the plan has such a step, or the model that was approved has it as a box that the plan fills in, once
     * filled with what the change brings. One whose names stand for nothing is not run.
     */
    private boolean isPlanned(StepInPlan step, PlanNames names) {
        PlannedStep begun = planned(step.step());
        return candidates(step).flatMap(planned -> names.fill(planned).stream()).anyMatch(begun::equals);
    }

    private Stream<PlannedStep> candidates(StepInPlan step) {
        if (step.document() == null) {
            return Stream.empty();
        }
        RolloutPlan plan = json.read(step.document(), RolloutPlan.class);
        return PlansToSeal.isStandard(plan.process())
                ? plan.steps().stream()
                : models
                        .box(
                                RolloutNumber.of(step.step().rollout()),
                                step.step().activity())
                        .filter(AuthoredStep::isOne)
                        .map(box -> AuthoredStep.of(box, plan))
                        .stream();
    }

    private static PlannedStep planned(Step step) {
        return new PlannedStep(
                step.stage(),
                step.name(),
                step.connector(),
                step.target(),
                step.parameters(),
                step.undo(),
                step.cannotBeUndone(),
                step.check(),
                step.runbook(),
                step.expectedDuration(),
                step.manual());
    }

    private static Objection notPlanned(StepInPlan step) {
        return new Objection(
                Objection.Reason.ALTERED,
                "Step " + step.step().seq() + " is not as the approved plan of " + step.change() + " says.");
    }
}
