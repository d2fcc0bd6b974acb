package io.gatehouse.change.process;

import io.gatehouse.change.Completion;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Close change": nothing more will happen to it. */
@Component
class CloseChangeDelegate implements JavaDelegate {

    private final Completion completion;

    CloseChangeDelegate(Completion completion) {
        this.completion = completion;
    }

    @Override
    public void execute(DelegateExecution execution) {
        completion.close(execution.getProcessBusinessKey());
    }
}
