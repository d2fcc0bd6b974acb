package io.gatehouse.breakglass.process;

import io.gatehouse.breakglass.BreakGlasses;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "End break-glass": its time has come, unless it was over before. */
@Component
class EndBreakGlassDelegate implements JavaDelegate {

    private final BreakGlasses breakGlasses;

    EndBreakGlassDelegate(BreakGlasses breakGlasses) {
        this.breakGlasses = breakGlasses;
    }

    @Override
    public void execute(DelegateExecution execution) {
        breakGlasses.expire(execution.getProcessBusinessKey());
    }
}
