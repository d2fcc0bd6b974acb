package io.gatehouse.release.process;

import io.gatehouse.release.ProductionChanges;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Take release back": its change came to nothing, so it is prepared anew. */
@Component
class TakeReleaseBackDelegate implements JavaDelegate {

    private final ProductionChanges changes;

    TakeReleaseBackDelegate(ProductionChanges changes) {
        this.changes = changes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        changes.giveBack(execution.getProcessBusinessKey());
    }
}
