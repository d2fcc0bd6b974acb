package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Rollbacks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Call rehearsal back": a rehearsal that ran and was verified is undone. */
@Component
class CallRehearsalBackDelegate implements JavaDelegate {

    private final Rollbacks rollbacks;

    CallRehearsalBackDelegate(Rollbacks rollbacks) {
        this.rollbacks = rollbacks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        rollbacks.afterRehearsal(execution.getProcessBusinessKey());
    }
}
