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
    private final RolloutPlans plans;

    RolloutLedger(RolloutRows rollouts, StepRows steps, RolloutPlans plans) {
        this.rollouts = rollouts;
        this.steps = steps;
        this.plans = plans;
    }

    /**
     * Whether the next step may begin: the services are ours, no step has failed but for checks that a person is asked
     * about, nobody wants everything undone.
     */
    public boolean goesOn(String rolloutNumber) {
        Rollout rollout = rollouts.lock(rolloutNumber);
        return rollout.state() == RolloutState.RUNNING && !stops(rollout);
    }

    /** Whether no step may begin any more: everything is to be undone, or somebody has aborted it. */
    public boolean stops(String rolloutNumber) {
        return stops(rollouts.lock(rolloutNumber));
    }

    /** Whether a check has failed and the plan has a person decide what that means. */
    public boolean asksAboutChecks(String rolloutNumber) {
        Rollout rollout = rollouts.lock(rolloutNumber);
        return steps.list(rollout.id()).stream().anyMatch(step -> isAskedAbout(rollout, step));
    }

    /** Whether it was aborted, and nobody wants it undone. */
    public boolean isAborted(String rolloutNumber) {
        return rollouts.lock(rolloutNumber).isAborted();
    }

    /** Whether it was aborted, and something of what ran is there, so that a person decides what becomes of it. */
    public boolean asksAboutAbort(String rolloutNumber) {
        Rollout rollout = rollouts.lock(rolloutNumber);
        return rollout.isAborted() && steps.list(rollout.id()).stream().anyMatch(Step::isStillInPlace);
    }

    private boolean stops(Rollout rollout) {
        return rollout.rollbackRequested()
                || rollout.state() == RolloutState.ABORTING
                || steps.list(rollout.id()).stream()
                        .anyMatch(step -> step.state().stopsTheRollout() && !isAskedAbout(rollout, step));
    }

    private boolean isAskedAbout(Rollout rollout, Step step) {
        return step.isFailedVerification()
                && plans.planOf(rollout.change()).onFailedVerification() == OnFailedVerification.ASK;
    }
}
