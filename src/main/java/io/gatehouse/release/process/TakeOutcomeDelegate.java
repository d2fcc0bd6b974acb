package io.gatehouse.release.process;

import io.gatehouse.release.StageChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Take outcome": whether the change has deployed the package, so that it can be tested. */
@Component
class TakeOutcomeDelegate implements JavaDelegate {

    private final StageChanges changes;

    TakeOutcomeDelegate(StageChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.takeOutcome(execution.getProcessBusinessKey());
    }
}
