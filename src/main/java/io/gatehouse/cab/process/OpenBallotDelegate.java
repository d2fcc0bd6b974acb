package io.gatehouse.cab.process;

import io.gatehouse.cab.Ballots;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Open ballot": the board that the policy named is asked to vote. */
@Component
class OpenBallotDelegate implements JavaDelegate {

    private final Ballots ballots;

    OpenBallotDelegate(Ballots ballots) {
        this.ballots = ballots;
    }

    @Override
    public void execute(DelegateExecution execution) {
        ballots.open(execution.getProcessBusinessKey());
    }
}
