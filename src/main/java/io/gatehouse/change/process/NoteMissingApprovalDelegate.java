package io.gatehouse.change.process;

import io.gatehouse.change.Authorization;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Note missing approval": an emergency that was begun before it was approved never was. */
@Component
class NoteMissingApprovalDelegate implements JavaDelegate {

    private final Authorization authorization;

    NoteMissingApprovalDelegate(Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public void execute(DelegateExecution execution) {
        authorization.noteMissingApproval(execution.getProcessBusinessKey());
    }
}
