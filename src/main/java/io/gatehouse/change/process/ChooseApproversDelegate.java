package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
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
        execution.setVariable("approvalNeeded", policy.chooseApprovers(execution.getProcessBusinessKey()));
    }
}
