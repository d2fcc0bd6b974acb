package io.gatehouse.rollout;

import io.gatehouse.engine.CallableFromModels;

/**
 * What models ask about a rollout; it is known by its number. Each answer is given under the lock of the rollout: a
 * person who asks for a rollback at the same moment is either seen here or finds the process waiting.
 */
@CallableFromModels
public class RolloutLedger {

    private final RolloutRows rollouts;
    private final StepRows steps;

    RolloutLedger(RolloutRows rollouts, StepRows steps) {
        this.rollouts = rollouts;
        this.steps = steps;
    }

    /** Whether the next step may begin: the services are ours, no step has failed, nobody wants everything undone. */
    public boolean goesOn(String rolloutNumber) {
        Rollout rollout = rollouts.lock(rolloutNumber);
        return rollout.state() == RolloutState.RUNNING && !stops(rollout);
    }

    /** Whether everything is to be undone. */
    public boolean stops(String rolloutNumber) {
        return stops(rollouts.lock(rolloutNumber));
    }

    private boolean stops(Rollout rollout) {
        return rollout.rollbackRequested()
                || steps.list(rollout.id()).stream()
                        .anyMatch(step -> step.state().stopsTheRollout());
    }
}
