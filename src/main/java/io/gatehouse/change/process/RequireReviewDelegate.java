package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Require review": the policy table says whether people look back before the change is closed. */
@Component
class RequireReviewDelegate implements JavaDelegate {

    private final ChangePolicy policy;

    RequireReviewDelegate(ChangePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable("reviewRequired", policy.reviewRequired(execution.getProcessBusinessKey()));
    }
}
