package io.gatehouse.engine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks for tasks that are late, every minute on every node; two nodes that find the same one do it once. A look at
 * nothing late is one statement on an index, however many tasks are open and however many there have been.
 */
@Component
class ReminderSweep {

    private static final Logger log = LoggerFactory.getLogger(ReminderSweep.class);
    private static final int BATCH = 200;

    private final TaskAttentions attentions;
    private final LateTasks tasks;

    ReminderSweep(TaskAttentions attentions, LateTasks tasks) {
        this.attentions = attentions;
        this.tasks = tasks;
    }

    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "${gatehouse.reminders.every:PT1M}")
    void sweep() {
        attentions.due(BATCH).forEach(this::attend);
        attentions.forgetDone(BATCH);
    }

    /** One after the other: a task that fails must not keep the others waiting. */
    private void attend(String task) {
        try {
            tasks.attend(task);
        } catch (RuntimeException e) {
            log.warn("Task {} is looked at again at the next round", task, e);
        }
    }
}
