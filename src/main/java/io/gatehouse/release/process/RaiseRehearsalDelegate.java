package io.gatehouse.release.process;

import io.gatehouse.release.StageRehearsals;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Raise rehearsal": a change deploys a release to its stage and takes it back. */
@Component
class RaiseRehearsalDelegate implements JavaDelegate {

    private final StageRehearsals rehearsals;

    RaiseRehearsalDelegate(StageRehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        rehearsals.raise(execution.getProcessBusinessKey());
    }
}
