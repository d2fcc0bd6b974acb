package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Aborts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Stop rollout": the change was begun before it was approved, and then was not. */
@Component
class StopRolloutDelegate implements JavaDelegate {

    private final Aborts aborts;

    StopRolloutDelegate(Aborts aborts) {
        this.aborts = aborts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        aborts.notApproved(execution.getProcessBusinessKey());
    }
}
