package io.gatehouse.calendar.process;

import io.gatehouse.calendar.Slots;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** "Start implementation": the last look before anything is touched. */
@Component
class StartImplementationDelegate implements JavaDelegate {

    private final Slots slots;

    StartImplementationDelegate(Slots slots) {
        this.slots = slots;
    }

    @Override
    public void execute(DelegateExecution execution) {
        String outcome = slots.start(execution.getProcessBusinessKey()).name();
        // Transient: only the gateway that follows asks.
        execution.setVariable("startOutcome", Variables.stringValue(outcome, true));
    }
}
