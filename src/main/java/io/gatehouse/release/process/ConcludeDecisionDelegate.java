package io.gatehouse.release.process;

import io.gatehouse.release.GoNoGoDecisions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Conclude decision": writes the minutes; the release goes, or is prepared anew. */
@Component
class ConcludeDecisionDelegate implements JavaDelegate {

    private final GoNoGoDecisions decisions;

    ConcludeDecisionDelegate(GoNoGoDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.conclude(execution.getProcessBusinessKey());
    }
}
