package io.gatehouse.calendar.process;

import io.gatehouse.calendar.Slots;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.variable.Variables;
import org.springframework.stereotype.Component;

/** "Start implementation": the last look before anything is touched. */
@Component
class StartImplementationDelegate implements JavaDelegate {

    private static final String PLACE_TO_WAIT = "Event_PrerequisiteMet";

    private final Slots slots;

    StartImplementationDelegate(Slots slots) {
        this.slots = slots;
    }

    @Override
    public void execute(DelegateExecution execution) {
        // A process that began before there was one, or was redrawn without it, would stay where nobody can move it on.
        boolean mayWait = execution.getBpmnModelInstance().getModelElementById(PLACE_TO_WAIT) != null;
        String outcome = slots.start(execution.getProcessBusinessKey(), mayWait).name();
        // Transient: only the gateway that follows asks.
        execution.setVariable("startOutcome", Variables.stringValue(outcome, true));
    }
}
