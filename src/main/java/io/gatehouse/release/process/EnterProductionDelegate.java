package io.gatehouse.release.process;

import io.gatehouse.release.StageEntries;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Enter production": a release that waited goes, goes on waiting, or is prepared anew. */
@Component
class EnterProductionDelegate implements JavaDelegate {

    private final StageEntries entries;

    EnterProductionDelegate(StageEntries entries) {
        this.entries = entries;
    }

    @Override
    public void execute(DelegateExecution execution) {
        entries.enterProduction(execution.getProcessBusinessKey());
    }
}
