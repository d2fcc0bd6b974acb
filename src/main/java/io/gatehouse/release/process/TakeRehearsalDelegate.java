package io.gatehouse.release.process;

import io.gatehouse.release.StageRehearsals;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Take rehearsal": what the ledger shows of it is kept, or the release leaves the stage. */
@Component
class TakeRehearsalDelegate implements JavaDelegate {

    private final StageRehearsals rehearsals;

    TakeRehearsalDelegate(StageRehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    @Override
    public void execute(DelegateExecution execution) {
        rehearsals.takeOutcome(execution.getProcessBusinessKey());
    }
}
