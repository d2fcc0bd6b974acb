package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Rollouts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Keep what ran": ends an aborted rollout of which nothing is undone. */
@Component
class KeepWhatRanDelegate implements JavaDelegate {

    private final Rollouts rollouts;

    KeepWhatRanDelegate(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String outcome = rollouts.keepWhatRan(execution.getProcessBusinessKey()).name();
        execution.setVariable("rolloutOutcome", outcome);
    }
}
