package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Assess change risk": the policy table says how risky the change is and why. */
@Component
class AssessChangeRiskDelegate implements JavaDelegate {

    private final ChangePolicy policy;

    AssessChangeRiskDelegate(ChangePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        policy.assessRisk(execution.getProcessBusinessKey());
    }
}
