package io.gatehouse.cab.process;

import io.gatehouse.cab.Minutes;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Write minutes": from what happened, once. */
@Component
class WriteMinutesDelegate implements JavaDelegate {

    private final Minutes minutes;

    WriteMinutesDelegate(Minutes minutes) {
        this.minutes = minutes;
    }

    @Override
    public void execute(DelegateExecution execution) {
        minutes.write(execution.getProcessBusinessKey());
    }
}
