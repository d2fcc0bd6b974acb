package io.gatehouse.engine;

import static java.util.stream.Collectors.toSet;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.PropertyChange;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one door every user task is taken and completed through, whoever calls: only by handing in the task's form, only
 * by a person, only by a member of the task's group, never over the head of whoever claimed it, and only if the task's
 * own {@link TaskForm} admits them.
 */
@Component
class TaskDoor {

    private static final String GIVE_BACK = "GiveBack";

    private static final ThreadLocal<@Nullable String> ANSWERED = new ThreadLocal<>();

    private final TaskForms forms;
    private final CurrentPerson currentPerson;
    private final Permissions permissions;
    private final AuditTrail audit;

    TaskDoor(TaskForms forms, CurrentPerson currentPerson, Permissions permissions, AuditTrail audit) {
        this.forms = forms;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    Map<String, Object> show(DelegateTask task) {
        OpenTask open = describe(task);
        return forms.of(open.stem()).show(open);
    }

    void submit(DelegateTask task, Map<String, Object> answers) {
        OpenTask open = describe(task);
        Person person = admit(open, task);
        if (open.claimedBy() != null && !open.claimedBy().equals(person.id())) {
            throw claimed(open.claimedBy());
        }
        TaskForm form = forms.of(open.stem());
        task.setVariables(form.submit(open, person, new Answers(answers)));
        ANSWERED.set(task.getId());
    }

    /** Listens to the task being completed: without an answer in hand this is somebody going round the form. */
    void complete(DelegateTask task) {
        boolean answered = task.getId().equals(ANSWERED.get());
        ANSWERED.remove();
        if (!answered) {
            throw refused("task-needs-answer", "This task is completed by handing in its form, not by skipping it.");
        }
    }

    /** Listens to the task being assigned: people claim for themselves, nobody puts a task on somebody else. */
    void assign(DelegateTask task) {
        String assignee = task.getAssignee();
        if (assignee == null) {
            giveBack((TaskEntity) task);
            return;
        }
        Person person = admit(describe(task), task);
        Object claimedBy = claimedBefore((TaskEntity) task);
        if (claimedBy != null && !claimedBy.equals(person.id())) {
            throw claimed(claimedBy);
        }
        if (!assignee.equals(person.id())) {
            throw refused(
                    "task-not-assignable",
                    "A task is claimed by whoever does it; it cannot be given to " + assignee + " by somebody else.");
        }
        if (claimedBy == null) {
            record("engine.TaskClaimed", describe(task));
        }
    }

    private void record(String action, OpenTask task) {
        audit.record(
                action,
                task.number(),
                Map.of("task", task.stem(), "groups", List.copyOf(new TreeSet<>(task.groups()))));
    }

    /** Listens to the task being changed: a task has whoever claimed it, and no owner who hands it on and takes it back. */
    void update(DelegateTask task) {
        Map<String, PropertyChange> changes = ((TaskEntity) task).getPropertyChanges();
        if (changes.containsKey(TaskEntity.DELEGATION) || changes.containsKey(TaskEntity.OWNER)) {
            throw refused(
                    "task-not-delegable", "A task is not delegated. Give it back, so that somebody else claims it.");
        }
    }

    /** Else anybody could take a task away from whoever claimed it, and then claim it. */
    private void giveBack(TaskEntity task) {
        Object claimedBy = claimedBefore(task);
        Optional<Person> person = currentPerson.find();
        boolean allowed = claimedBy == null
                || person.filter(who -> who.id().equals(claimedBy) || permissions.allowsAll(GIVE_BACK, who))
                        .isPresent();
        if (!allowed) {
            throw refused(
                    "task-claimed",
                    "This task is claimed by " + claimedBy + ". Only they or a change manager give it back.");
        }
        if (claimedBy != null) {
            record("engine.TaskGivenBack", describe(task));
        }
    }

    private static @Nullable Object claimedBefore(TaskEntity task) {
        PropertyChange change = task.getPropertyChanges().get(TaskEntity.ASSIGNEE);
        return change == null ? null : change.getOrgValue();
    }

    private Person admit(OpenTask task, DelegateTask engineTask) {
        Person person = currentPerson
                .find()
                .orElseThrow(() -> refused("task-needs-person", "Only a signed-in person can complete this task."));
        TaskForm form = forms.of(task.stem());
        Set<String> groups = new HashSet<>(task.groups());
        if (form.isOpenToEscalation()) {
            groups.addAll(LateTasks.escalatedTo(engineTask));
        }
        if (task.people().contains(person.id())) {
            // Asked by name; but only in a role that may ever have this task.
            groups.addAll(person.groups());
        }
        if (!person.isTool() && groups.stream().noneMatch(person::isIn)) {
            throw refused(
                    "task-not-yours",
                    task.groups().isEmpty()
                            ? "This task asks somebody else by name."
                            : "This task is for " + String.join(" or ", task.groups())
                                    + "; you are not in that group.");
        }
        permissions.requireTask(task.stem(), person, groups, task.number());
        form.admit(task, person);
        return person;
    }

    static OpenTask describe(DelegateTask task) {
        Set<String> groups = candidates(task, IdentityLink::getGroupId);
        Set<String> people = candidates(task, IdentityLink::getUserId);
        String number = process(task).getBusinessKey();
        String stem = task.getTaskDefinitionKey().substring(OpenTask.ACTIVITY_PREFIX.length());
        return new OpenTask(stem, number, groups, people, task.getAssignee());
    }

    private static Set<String> candidates(DelegateTask task, Function<IdentityLink, @Nullable String> whom) {
        return task.getCandidates().stream().map(whom).filter(Objects::nonNull).collect(toSet());
    }

    /** Gone if somebody else has completed the task since it was read: then one of the two has come too late. */
    private static ExecutionEntity process(DelegateTask task) {
        ExecutionEntity execution = (ExecutionEntity) task.getExecution();
        ExecutionEntity process = execution == null ? null : execution.getProcessInstance();
        if (process == null) {
            throw new OptimisticLockingException("Task " + task.getId() + " was completed by somebody else just now");
        }
        return process;
    }

    private static ProblemException claimed(Object by) {
        return refused(
                "task-claimed", "This task is claimed by " + by + ". Ask them to complete it or to give it back.");
    }

    private static ProblemException refused(String code, String detail) {
        return ProblemException.forbidden(code, "Task refused", detail);
    }

    TaskListener onComplete() {
        return this::complete;
    }

    TaskListener onUpdate() {
        return this::update;
    }

    TaskListener onAssignment() {
        return this::assign;
    }
}
