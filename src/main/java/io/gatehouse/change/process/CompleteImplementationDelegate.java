package io.gatehouse.change.process;

import io.gatehouse.change.Completion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Complete implementation": takes over what the rollout reports. */
@Component
class CompleteImplementationDelegate implements JavaDelegate {

    private final Completion completion;

    CompleteImplementationDelegate(Completion completion) {
        this.completion = completion;
    }

    @Override
    public void execute(DelegateExecution execution) {
        completion.takeOver(execution.getProcessBusinessKey(), Completion.RolloutOutcome.valueOf((String)
                execution.getVariable("rolloutOutcome")));
    }
}
