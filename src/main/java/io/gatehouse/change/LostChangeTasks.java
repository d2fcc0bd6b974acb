package io.gatehouse.change;

import io.gatehouse.engine.RunningProcesses;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Finds tasks of changes whose process somebody has deleted, for which a change would wait for ever, and asks people
 * again. Nodes that find the same one meet at the lock of its change.
 */
@Component
class LostChangeTasks {

    private static final Logger log = LoggerFactory.getLogger(LostChangeTasks.class);
    private static final int MANY = 500;

    private final ChangeTaskRows rows;
    private final ChangeTasks tasks;
    private final Changes changes;
    private final ChangeWork work;
    private final ChangeTaskRecord record;
    private final RunningProcesses running;
    private final TransactionTemplate transaction;

    LostChangeTasks(
            ChangeTaskRows rows,
            ChangeTasks tasks,
            Changes changes,
            ChangeWork work,
            ChangeTaskRecord record,
            RunningProcesses running,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.tasks = tasks;
        this.changes = changes;
        this.work = work;
        this.record = record;
        this.running = running;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelayString = "PT4M", fixedDelayString = "PT1M")
    void find() {
        List<String> numbers = rows.underWay();
        for (int start = 0; start < numbers.size(); start += MANY) {
            running.without(numbers.subList(start, Math.min(start + MANY, numbers.size())))
                    .forEach(this::takeUp);
        }
    }

    /** One after the other: one that cannot be taken up must not keep the others waiting. */
    private void takeUp(String number) {
        try {
            transaction.executeWithoutResult(status -> {
                ChangeTask task = tasks.lock(number);
                Change change = changes.lock(task.change());
                if (ChangeWork.isOffered(change, task) && !running.exists(number)) {
                    record.record("change.TaskProcessLost", task);
                    work.offer(change, task);
                }
            });
        } catch (RuntimeException e) {
            log.warn("The process of {} is gone and it cannot be taken up", number, e);
        }
    }
}
