package io.gatehouse.engine;

import java.util.Date;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Timers that stand still: one that is parked is due at a time that never comes. */
@Component
public class ParkedTimers {

    private final ManagementService management;
    private final OnBehalfOfTheSystem system;
    private final RuntimeService runtime;

    ParkedTimers(@Lazy ManagementService management, @Lazy OnBehalfOfTheSystem system, @Lazy RuntimeService runtime) {
        this.management = management;
        this.system = system;
        this.runtime = runtime;
    }

    /** Parks the timer of an event of the process about {@code number}, if one is running. */
    public void park(String number, String event) {
        setDue(number, event, Date.from(ParkedTasks.NEVER));
    }

    /** Lets it run until then. */
    public void restore(String number, String event, Date due) {
        setDue(number, event, due);
    }

    private void setDue(String number, String event, Date due) {
        system.run(context -> {
            runtime.createProcessInstanceQuery().processInstanceBusinessKey(number).list().stream()
                    .flatMap(instance ->
                            management
                                    .createJobQuery()
                                    .processInstanceId(instance.getId())
                                    .activityId(event)
                                    .list()
                                    .stream())
                    .forEach(job -> ((JobEntity) job).setDuedate(due));
            return true;
        });
    }
}
