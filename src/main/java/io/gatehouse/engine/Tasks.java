package io.gatehouse.engine;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands in the forms of waiting tasks for callers of the API, under the same rules as the Tasklist. */
@Component
public class Tasks {

    /** Read by the engine, so that it need not read again the one that is completed. */
    private static final String WAITING =
            """
            select t.* from ACT_RU_EXECUTION p join ACT_RU_TASK t on t.PROC_INST_ID_ = p.ID_
            where p.BUSINESS_KEY_ = #{number} and t.TASK_DEF_KEY_ = #{activity}
            order by t.CREATE_TIME_, t.ID_""";

    private final OnBehalfOfTheSystem system;
    private final FormService forms;
    private final CurrentPerson currentPerson;

    Tasks(OnBehalfOfTheSystem system, FormService forms, CurrentPerson currentPerson) {
        this.system = system;
        this.forms = forms;
        this.currentPerson = currentPerson;
    }

    /**
     * Completes a task with the current person's answers.
     *
     * @param number what the task is about, as {@code CHG-000123}
     * @param stem which task, as {@code ApproveChange}
     * @param seat the role for which the person answers; if null, one of the person's own
     * @throws ProblemException conflict if no such task is waiting; forbidden if this person must not complete it;
     *     invalid if an answer is missing, unknown or malformed
     */
    @Transactional
    public void submit(String number, String stem, @Nullable String seat, Map<String, Object> answers) {
        Person person = currentPerson.find().orElse(new Person("nobody", java.util.Set.of()));
        system.run(context -> {
            String task = waiting(context, number, stem).entrySet().stream()
                    .filter(candidate ->
                            seat == null || candidate.getValue().groups().contains(seat))
                    .min(Comparator.comparing(candidate -> distance(candidate.getValue(), person)))
                    .orElseThrow(() -> notWaiting(number, stem, seat))
                    .getKey();
            forms.submitTaskForm(task, answers);
            return task;
        });
    }

    /** By the engine's own id, oldest first. */
    private static Map<String, OpenTask> waiting(CommandContext context, String number, String stem) {
        Map<String, Object> query =
                Map.of("sql", WAITING, "number", number, "activity", OpenTask.ACTIVITY_PREFIX + stem);
        Map<String, OpenTask> found = new LinkedHashMap<>();
        context.getTaskManager()
                .findTasksByNativeQuery(query, 0, Integer.MAX_VALUE)
                .forEach(task -> found.put(task.getId(), TaskDoor.describe((TaskEntity) task)));
        return found;
    }

    /** How far a task is from a person: theirs, free for them, somebody else's, not for them at all. */
    private static int distance(OpenTask task, Person person) {
        if (person.id().equals(task.claimedBy())) {
            return 0;
        }
        if (!task.people().contains(person.id()) && task.groups().stream().noneMatch(person::isIn)) {
            return 3;
        }
        return task.claimedBy() == null ? 1 : 2;
    }

    private static ProblemException notWaiting(String number, String stem, @Nullable String seat) {
        String what = seat == null ? stem : stem + " by " + seat;
        return ProblemException.conflict(
                "task-not-waiting", "Not waiting for that", number + " is not waiting for " + what + ".");
    }
}
