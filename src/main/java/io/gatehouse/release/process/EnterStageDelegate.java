package io.gatehouse.release.process;

import io.gatehouse.release.StageEntries;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Enter stage": a release gets the environment of its stage to itself, or waits for it. */
@Component
class EnterStageDelegate implements JavaDelegate {

    private final StageEntries entries;

    EnterStageDelegate(StageEntries entries) {
        this.entries = entries;
    }

    @Override
    public void execute(DelegateExecution execution) {
        entries.enter(execution.getProcessBusinessKey());
    }
}
