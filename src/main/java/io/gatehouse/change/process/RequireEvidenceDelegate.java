package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Require evidence": the policy table says what must be on file about the change. */
@Component
class RequireEvidenceDelegate implements JavaDelegate {

    private final ChangePolicy policy;

    RequireEvidenceDelegate(ChangePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        policy.requireEvidence(execution.getProcessBusinessKey());
    }
}
