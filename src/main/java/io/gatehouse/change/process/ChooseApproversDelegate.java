package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import io.gatehouse.change.ChangePolicy.Authority;
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
        Authority authority = policy.chooseApprovers(execution.getProcessBusinessKey(), hasBoards(execution));
        // Transient: only the gateway that follows asks.
        execution.setVariable("approvalNeeded", Variables.booleanValue(authority == Authority.SEATS, true));
        execution.setVariable("boardDecides", Variables.booleanValue(authority == Authority.BOARD, true));
    }

    /** Not one that began before there were boards, or that was drawn without one. */
    private static boolean hasBoards(DelegateExecution execution) {
        return execution.getBpmnModelInstance().getModelElementById(ChangeModel.REVIEW_BY_THE_BOARD) != null;
    }
}
