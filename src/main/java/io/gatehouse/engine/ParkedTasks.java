package io.gatehouse.engine;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Tasks that wait without anybody being asked. A parked task carries a follow-up date that never comes, by which the
 * lists leave it out; it stays the same task, with its claim and its age. Nobody is reminded of it meanwhile.
 */
@Component
public class ParkedTasks {

    /** The follow-up date of a parked task. */
    static final Instant NEVER = Instant.parse("3000-01-01T00:00:00Z");

    private final TaskService tasks;
    private final TaskAttentions attentions;
    private final OnBehalfOfTheSystem system;

    ParkedTasks(@Lazy TaskService tasks, TaskAttentions attentions, OnBehalfOfTheSystem system) {
        this.tasks = tasks;
        this.attentions = attentions;
        this.system = system;
    }

    /** Parks every open task about {@code number}. */
    public void park(String number) {
        followUp(number, task -> Date.from(NEVER));
    }

    /** Brings back every parked task about {@code number}. */
    public void restore(String number) {
        followUp(number, attentions::nextLook);
    }

    /** The same for tasks whose time stood still meanwhile: they are due then. */
    public void restore(String number, Date due) {
        followUp(number, task -> {
            task.setDueDate(due);
            return attentions.nextLook(task);
        });
    }

    private void followUp(String number, Function<TaskEntity, @Nullable Date> date) {
        system.run(context -> {
            List<Task> open =
                    tasks.createTaskQuery().processInstanceBusinessKey(number).list();
            for (Task task : open) {
                task.setFollowUpDate(date.apply((TaskEntity) task));
                tasks.saveTask(task);
            }
            return true;
        });
    }
}
