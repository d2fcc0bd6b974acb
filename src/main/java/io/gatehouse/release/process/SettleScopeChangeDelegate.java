package io.gatehouse.release.process;

import io.gatehouse.release.ScopeChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Settle scope change": what its seats agreed on comes into the package. */
@Component
class SettleScopeChangeDelegate implements JavaDelegate {

    private final ScopeChanges changes;

    SettleScopeChangeDelegate(ScopeChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.settle(execution.getProcessBusinessKey());
    }
}
