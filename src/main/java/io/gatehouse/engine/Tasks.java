package io.gatehouse.engine;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.FormService;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Hands in the forms of waiting tasks for callers of the API, under the same rules as the Tasklist. */
@Component
public class Tasks {

    private final WaitingTasks waiting;
    private final FormService forms;
    private final CurrentPerson currentPerson;

    Tasks(WaitingTasks waiting, FormService forms, CurrentPerson currentPerson) {
        this.waiting = waiting;
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
        List<WaitingTask> found = waiting.find(number, stem);
        WaitingTask task = found.stream()
                .filter(candidate -> seat == null || candidate.groups().contains(seat))
                .min(Comparator.comparing(candidate -> distance(candidate, person)))
                .orElseThrow(() -> notWaiting(number, stem, seat));
        forms.submitTaskForm(task.engineId(), answers);
    }

    /** How far a task is from a person: theirs, free for them, somebody else's, not for them at all. */
    private static int distance(WaitingTask task, Person person) {
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
