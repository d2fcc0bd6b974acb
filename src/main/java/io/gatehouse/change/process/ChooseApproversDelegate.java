package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** "Choose approvers": the policy table says who has to authorise the change, if anybody. */
@Component
class ChooseApproversDelegate implements JavaDelegate {

    private final ChangePolicy policy;

    ChooseApproversDelegate(ChangePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        boolean needed = policy.chooseApprovers(execution.getProcessBusinessKey());
        // Transient: only the gateway that follows asks.
        execution.setVariable("approvalNeeded", Variables.booleanValue(needed, true));
    }
}
