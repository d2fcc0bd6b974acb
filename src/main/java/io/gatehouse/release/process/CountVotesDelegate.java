package io.gatehouse.release.process;

import io.gatehouse.release.GoNoGoDecisions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Count votes": says what the votes came to. */
@Component
class CountVotesDelegate implements JavaDelegate {

    private final GoNoGoDecisions decisions;

    CountVotesDelegate(GoNoGoDecisions decisions) {
        this.decisions = decisions;
    }

    @Override
    public void execute(DelegateExecution execution) {
        decisions.count(execution.getProcessBusinessKey());
    }
}
