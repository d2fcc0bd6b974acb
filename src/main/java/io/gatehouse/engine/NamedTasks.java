package io.gatehouse.engine;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Tasks that ask somebody by name, and who that is. */
@Component
public class NamedTasks {

    private final WaitingTasks waiting;
    private final TaskService tasks;
    private final OnBehalfOfTheSystem system;

    NamedTasks(WaitingTasks waiting, @Lazy TaskService tasks, OnBehalfOfTheSystem system) {
        this.waiting = waiting;
        this.tasks = tasks;
        this.system = system;
    }

    /**
     * Has the task of a seat ask this person, and nobody else, unless it does already or somebody has claimed it.
     *
     * @return whether anything has changed
     */
    public boolean ask(String number, String stem, String seat, String person) {
        List<WaitingTask> others = waiting.find(number, stem).stream()
                .filter(task -> task.groups().contains(seat) && task.claimedBy() == null)
                .filter(task -> !task.people().equals(Set.of(person)))
                .toList();
        others.forEach(task -> system.run(context -> {
            task.people().forEach(before -> tasks.deleteCandidateUser(task.engineId(), before));
            tasks.addCandidateUser(task.engineId(), person);
            return true;
        }));
        return !others.isEmpty();
    }
}
