package io.gatehouse.change.process;

import io.gatehouse.change.ChangePolicy;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Authorize emergency": the policy table says which seats may authorise the change, how many, and in which time. */
@Component
class AuthorizeEmergencyDelegate implements JavaDelegate {

    private final ChangePolicy policy;

    AuthorizeEmergencyDelegate(ChangePolicy policy) {
        this.policy = policy;
    }

    @Override
    public void execute(DelegateExecution execution) {
        policy.authorizeEmergency(execution.getProcessBusinessKey());
    }
}
