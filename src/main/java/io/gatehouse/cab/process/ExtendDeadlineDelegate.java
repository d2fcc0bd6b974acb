package io.gatehouse.cab.process;

import io.gatehouse.cab.Ballots;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Extend deadline": a vote whose time ran out during a hold gets some more. */
@Component
class ExtendDeadlineDelegate implements JavaDelegate {

    private final Ballots ballots;

    ExtendDeadlineDelegate(Ballots ballots) {
        this.ballots = ballots;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ballots.extend(execution.getProcessBusinessKey());
    }
}
