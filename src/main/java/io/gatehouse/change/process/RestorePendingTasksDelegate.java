package io.gatehouse.change.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** "Restore pending tasks": the very same tasks come back. */
@Component
class RestorePendingTasksDelegate implements JavaDelegate {

    private final HeldTasks tasks;

    RestorePendingTasksDelegate(HeldTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        tasks.restore(execution.getProcessBusinessKey());
    }
}
