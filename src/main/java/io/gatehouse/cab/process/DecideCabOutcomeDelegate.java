package io.gatehouse.cab.process;

import io.gatehouse.cab.Ballots;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Decide cab outcome": the policy table says what the votes come to. */
@Component
class DecideCabOutcomeDelegate implements JavaDelegate {

    private final Ballots ballots;

    DecideCabOutcomeDelegate(Ballots ballots) {
        this.ballots = ballots;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ballots.decide(execution.getProcessBusinessKey());
    }
}
