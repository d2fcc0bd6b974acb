package io.gatehouse.engine;

import io.gatehouse.audit.AuditTrail;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Does what a model says about a task that is late: first its groups are reminded, then others see it too. Each once
 * per task, whichever node comes first: the row of the task is locked, and what is done is committed with it.
 */
@Component
class LateTasks {

    /** What a task shows on its card in the Tasklist when it is late. */
    static final String MARK = "attention";

    private static final String ESCALATION = "escalation";
    private static final int REMINDED = 60;
    private static final int ESCALATED = 80;

    private final TaskAttentions attentions;
    private final TaskForms forms;
    private final OnBehalfOfTheSystem system;
    private final AuditTrail audit;
    private final Clock clock;

    LateTasks(TaskAttentions attentions, TaskForms forms, OnBehalfOfTheSystem system, AuditTrail audit, Clock clock) {
        this.attentions = attentions;
        this.forms = forms;
        this.system = system;
        this.audit = audit;
        this.clock = clock;
    }

    /** The roles a task was escalated to. */
    static List<String> escalatedTo(DelegateTask task) {
        return ((TaskEntity) task)
                .getIdentityLinks().stream()
                        .filter(link -> ESCALATION.equals(link.getType()))
                        .map(IdentityLink::getGroupId)
                        .filter(Objects::nonNull)
                        .toList();
    }

    /** Does the next thing about a task, if it is still open and nobody has done it meanwhile. */
    @Transactional
    public void attend(String id) {
        if (attentions.lockDue(id)) {
            system.run(context -> attend(id, context));
        }
    }

    private boolean attend(String id, CommandContext context) {
        TaskEntity task = context.getTaskManager().findTaskById(id);
        ReminderRule rule = ReminderRule.of(task);
        Date due = task.getDueDate();
        if (rule != null && due != null) {
            TaskAttention before = attentions.find(id);
            if (before.remindedAt() == null) {
                remind(task, due);
            } else if (before.escalatedAt() == null) {
                escalate(task, due, rule.escalateTo());
            }
        }
        task.setFollowUpDate(attentions.nextLook(task));
        return true;
    }

    private void remind(TaskEntity task, Date due) {
        attentions.reminded(task.getId(), now());
        mark(task, REMINDED, "reminded");
        audit.record(
                "engine.TaskReminded",
                number(task),
                Map.of("task", stem(task), "dueAt", due.toInstant().toString()));
    }

    private void escalate(TaskEntity task, Date due, List<String> roles) {
        Optional<String> person = forms.of(stem(task)).escalatesTo(TaskDoor.describe(task));
        Map<String, Object> facts = new TreeMap<>(
                Map.of("task", stem(task), "dueAt", due.toInstant().toString()));
        if (person.isPresent()) {
            task.addUserIdentityLink(person.get(), ESCALATION);
            facts.put("person", person.get());
        } else {
            roles.forEach(role -> task.addGroupIdentityLink(role, ESCALATION));
            facts.put("escalatedTo", roles);
        }
        List<String> told = person.map(List::of).orElse(roles);
        attentions.escalated(task.getId(), now(), told);
        mark(task, ESCALATED, "escalated to " + String.join(", ", told));
        audit.record("engine.TaskEscalated", number(task), facts);
    }

    private static void mark(TaskEntity task, int priority, String sentence) {
        task.setPriority(Math.max(task.getPriority(), priority));
        task.setVariableLocal(MARK, sentence);
    }

    private static String number(TaskEntity task) {
        return task.getExecution().getProcessBusinessKey();
    }

    private static String stem(TaskEntity task) {
        return task.getTaskDefinitionKey().substring(OpenTask.ACTIVITY_PREFIX.length());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
