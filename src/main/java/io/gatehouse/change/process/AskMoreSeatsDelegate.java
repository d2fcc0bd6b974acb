package io.gatehouse.change.process;

import io.gatehouse.change.Authorization;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Ask more seats": the time box of an emergency is over. */
@Component
class AskMoreSeatsDelegate implements JavaDelegate {

    private final Authorization authorization;

    AskMoreSeatsDelegate(Authorization authorization) {
        this.authorization = authorization;
    }

    @Override
    public void execute(DelegateExecution execution) {
        authorization.askMoreSeats(execution.getProcessBusinessKey());
    }
}
