package io.gatehouse.change;

import io.gatehouse.engine.RunningProcesses;
import io.gatehouse.engine.UnderWay;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Tasks of changes that people can do: a change would wait for one without a process for ever. */
@Component
class ChangeTasksUnderWay implements UnderWay {

    private final ChangeTaskRows rows;
    private final ChangeTasks tasks;
    private final Changes changes;
    private final ChangeWork work;
    private final ChangeTaskRecord record;
    private final RunningProcesses running;

    ChangeTasksUnderWay(
            ChangeTaskRows rows,
            ChangeTasks tasks,
            Changes changes,
            ChangeWork work,
            ChangeTaskRecord record,
            RunningProcesses running) {
        this.rows = rows;
        this.tasks = tasks;
        this.changes = changes;
        this.work = work;
        this.record = record;
        this.running = running;
    }

    @Override
    public List<String> numbers() {
        return rows.underWay();
    }

    @Override
    @Transactional
    public void takeUp(String number) {
        ChangeTask task = tasks.lock(number);
        Change change = changes.lock(task.change());
        if (ChangeWork.isOffered(change, task) && !running.exists(number)) {
            record.record("change.TaskProcessLost", task);
            work.offer(change, task);
        }
    }
}
