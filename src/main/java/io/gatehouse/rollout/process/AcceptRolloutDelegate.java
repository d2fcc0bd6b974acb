package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Rollouts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Accept rollout": the end of the time in which it could be rolled back. */
@Component
class AcceptRolloutDelegate implements JavaDelegate {

    private final Rollouts rollouts;

    AcceptRolloutDelegate(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String outcome = rollouts.accept(execution.getProcessBusinessKey()).name();
        execution.setVariable("rolloutOutcome", outcome);
    }
}
