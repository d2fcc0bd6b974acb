package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Rollouts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Close rollback": records whether everything was undone. */
@Component
class CloseRollbackDelegate implements JavaDelegate {

    private final Rollouts rollouts;

    CloseRollbackDelegate(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String outcome =
                rollouts.closeRollback(execution.getProcessBusinessKey()).name();
        execution.setVariable("rolloutOutcome", outcome);
    }
}
