package io.gatehouse.change;

import io.gatehouse.engine.ParkedTasks;
import io.gatehouse.engine.ProcessMessages;
import io.gatehouse.engine.ProcessStarts;
import io.gatehouse.engine.RunningProcesses;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Moves the token of a task of a change, known by its number. It has one from when people can do it. */
@Component
class ChangeTaskProcess {

    private final ProcessStarts starts;
    private final ProcessMessages messages;
    private final ParkedTasks parked;
    private final RunningProcesses running;

    ChangeTaskProcess(ProcessStarts starts, ProcessMessages messages, ParkedTasks parked, RunningProcesses running) {
        this.starts = starts;
        this.messages = messages;
        this.parked = parked;
        this.running = running;
    }

    boolean exists(ChangeTask task) {
        return running.exists(task.number());
    }

    void start(ChangeTask task) {
        starts.start(ChangeTaskModel.PROCESS, task.number(), Map.of(ChangeTaskModel.NUMBER, task.number()));
    }

    /** Whoever has it now is asked, and nobody else. */
    void moved(ChangeTask task) {
        messages.send(ChangeTaskModel.MOVED, task.number());
    }

    /** Nobody is asked any more. */
    void over(ChangeTask task) {
        messages.send(ChangeTaskModel.OVER, task.number());
    }

    /** To the process of the change, if it waits for that. */
    void tell(String message, Change change) {
        messages.send(message, change.number());
    }

    void park(ChangeTask task) {
        parked.park(task.number());
    }

    void restore(ChangeTask task) {
        parked.restore(task.number());
    }
}
