package io.gatehouse.release.process;

import io.gatehouse.release.ProductionChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Raise production change": a standard or a normal change, as the policy chooses, carries the package into production. */
@Component
class RaiseProductionChangeDelegate implements JavaDelegate {

    private final ProductionChanges changes;

    RaiseProductionChangeDelegate(ProductionChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.raise(execution.getProcessBusinessKey());
    }
}
