package io.gatehouse.release.process;

import io.gatehouse.release.StageChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Raise stage change": a standard or a normal change, as the policy chooses, deploys the package to the environment of its stage. */
@Component
class RaiseStageChangeDelegate implements JavaDelegate {

    private final StageChanges changes;

    RaiseStageChangeDelegate(StageChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.raise(execution.getProcessBusinessKey());
    }
}
