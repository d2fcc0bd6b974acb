package io.gatehouse.release.process;

import io.gatehouse.release.ProductionChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Close release": its package is in production. */
@Component
class CloseReleaseDelegate implements JavaDelegate {

    private final ProductionChanges changes;

    CloseReleaseDelegate(ProductionChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.close(execution.getProcessBusinessKey());
    }
}
