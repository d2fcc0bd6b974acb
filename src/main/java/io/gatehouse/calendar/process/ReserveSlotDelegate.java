package io.gatehouse.calendar.process;

import io.gatehouse.calendar.Slots;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Reserve slot": the change gets its window, or is sent back with what is in the way. */
@Component
class ReserveSlotDelegate implements JavaDelegate {

    private final Slots slots;

    ReserveSlotDelegate(Slots slots) {
        this.slots = slots;
    }

    @Override
    public void execute(DelegateExecution execution) {
        slots.reserve(execution.getProcessBusinessKey());
    }
}
