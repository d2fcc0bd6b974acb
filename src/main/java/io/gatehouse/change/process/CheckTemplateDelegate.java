package io.gatehouse.change.process;

import io.gatehouse.change.Authorization;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Check template": only an active template authorises a standard change, and not for everybody. */
@Component
class CheckTemplateDelegate implements JavaDelegate {

    private final Authorization authorization;

    CheckTemplateDelegate(Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public void execute(DelegateExecution execution) {
        authorization.checkTemplate(execution.getProcessBusinessKey());
    }
}
