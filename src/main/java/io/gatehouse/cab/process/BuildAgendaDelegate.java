package io.gatehouse.cab.process;

import io.gatehouse.cab.Agendas;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Build agenda": what the filter of the board says now. */
@Component
class BuildAgendaDelegate implements JavaDelegate {

    private final Agendas agendas;

    BuildAgendaDelegate(Agendas agendas) {
        this.agendas = agendas;
    }

    @Override
    public void execute(DelegateExecution execution) {
        agendas.refresh(execution.getProcessBusinessKey());
    }
}
