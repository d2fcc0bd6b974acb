package io.gatehouse.change.process;

import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeType;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Emergency;
import io.gatehouse.engine.ParkedTasks;
import io.gatehouse.engine.ParkedTimers;
import java.util.Date;
import org.springframework.stereotype.Component;

/** The pending tasks of a change on hold; those of an emergency lose no time by it. */
@Component
class HeldTasks {

    private final Changes changes;
    private final ParkedTasks tasks;
    private final ParkedTimers timers;

    HeldTasks(Changes changes, ParkedTasks tasks, ParkedTimers timers) {
        this.changes = changes;
        this.tasks = tasks;
        this.timers = timers;
    }

    void park(String number) {
        tasks.park(number);
        if (changes.glance(number).type() == ChangeType.EMERGENCY) {
            timers.park(number, ChangeModel.TIME_BOX_OVER);
        }
    }

    void restore(String number) {
        Change change = changes.find(number);
        Emergency emergency = change.emergency();
        if (emergency == null || change.state() != ChangeState.AUTHORIZE) {
            tasks.restore(number);
        } else {
            tasks.restore(number, Date.from(emergency.decisionDueAt()));
            timers.restore(number, ChangeModel.TIME_BOX_OVER, Date.from(emergency.timeBoxEndsAt()));
        }
    }
}
