package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
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
        boolean required = policy.reviewRequired(execution.getProcessBusinessKey());
        // Transient: only the gateway that follows asks.
        execution.setVariable("reviewRequired", Variables.booleanValue(required, true));
    }
}
