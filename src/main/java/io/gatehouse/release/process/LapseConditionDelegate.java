package io.gatehouse.release.process;

import io.gatehouse.release.GoNoGoDecisions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Lapse condition": the time of a condition is over, so the release does not go. */
@Component
class LapseConditionDelegate implements JavaDelegate {

    private final GoNoGoDecisions decisions;

    LapseConditionDelegate(GoNoGoDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.lapse(execution.getProcessBusinessKey());
    }
}
