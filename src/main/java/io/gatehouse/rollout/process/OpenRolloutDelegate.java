package io.gatehouse.rollout.process;

import io.gatehouse.rollout.Rollouts;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Open rollout": numbers the rollout once, and tries to take its services each time. */
@Component
class OpenRolloutDelegate implements JavaDelegate {

    private final Rollouts rollouts;

    OpenRolloutDelegate(Rollouts rollouts) {
        this.rollouts = rollouts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!execution.hasVariable("rolloutNumber")) {
            String number = rollouts.open((String) execution.getVariable("changeNumber"));
            execution.setVariable("rolloutNumber", number);
            execution.setProcessBusinessKey(number);
        }
        rollouts.takeTargets(execution.getProcessBusinessKey());
    }
}
