package io.gatehouse.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
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
        others.forEach(task -> name(task, Set.of(person)));
        return !others.isEmpty();
    }

    /**
     * Has the tasks of single roles ask these people beside the role, and nobody else by name, where nobody has claimed
     * them.
     *
     * @param whom by the role
     * @return by the role whom a task asks that has changed
     */
    public Map<String, Set<String>> askBeside(String number, String stem, Function<String, Set<String>> whom) {
        Map<String, Set<String>> changed = new TreeMap<>();
        for (WaitingTask task : waiting.find(number, stem)) {
            if (task.groups().size() != 1 || task.claimedBy() != null) {
                continue;
            }
            String role = task.groups().iterator().next();
            Set<String> wanted = whom.apply(role);
            if (!task.people().equals(wanted)) {
                name(task, wanted);
                changed.put(role, wanted);
            }
        }
        return changed;
    }

    private void name(WaitingTask task, Set<String> wanted) {
        system.run(context -> {
            task.people().stream()
                    .filter(before -> !wanted.contains(before))
                    .forEach(before -> tasks.deleteCandidateUser(task.engineId(), before));
            wanted.stream()
                    .filter(person -> !task.people().contains(person))
                    .forEach(person -> tasks.addCandidateUser(task.engineId(), person));
            return true;
        });
    }
}
