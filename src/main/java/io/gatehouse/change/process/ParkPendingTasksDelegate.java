package io.gatehouse.change.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Park pending tasks": what waits for people leaves their lists while the change is on hold. */
@Component
class ParkPendingTasksDelegate implements JavaDelegate {

    private final HeldTasks tasks;

    ParkPendingTasksDelegate(HeldTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tasks.park(execution.getProcessBusinessKey());
    }
}
