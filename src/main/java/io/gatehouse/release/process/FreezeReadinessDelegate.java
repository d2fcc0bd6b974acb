package io.gatehouse.release.process;

import io.gatehouse.release.GoNoGoDecisions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Freeze readiness": what the seats decide about is written down. */
@Component
class FreezeReadinessDelegate implements JavaDelegate {

    private final GoNoGoDecisions decisions;

    FreezeReadinessDelegate(GoNoGoDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.open(execution.getProcessBusinessKey());
    }
}
