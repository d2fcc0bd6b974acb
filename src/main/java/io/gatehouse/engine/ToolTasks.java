package io.gatehouse.engine;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Set;
import org.camunda.bpm.engine.impl.ProcessInstanceQueryImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** Finds and completes the tool tasks a process waits at, by the process's business key. */
@Component
public class ToolTasks {

    private final OnBehalfOfTheSystem system;

    ToolTasks(OnBehalfOfTheSystem system) {
        this.system = system;
    }

    /** The ids of the boxes with this topic at which the process waits; several tokens in one box count once. */
    public Set<String> open(String number, String topic) {
        return system.run(context -> waiting(context, number).stream()
                .filter(task -> task.getTopicName().equals(topic))
                .map(ExternalTaskEntity::getActivityId)
                .collect(toSet()));
    }

    /**
     * Lets one token that waits in this box go on.
     *
     * @throws IllegalStateException if none waits there
     */
    public void complete(String number, String activity) {
        system.run(context -> {
            waiting(context, number).stream()
                    .filter(task -> task.getActivityId().equals(activity))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(number + " does not wait in " + activity))
                    .complete(null, null);
            return true;
        });
    }

    private static List<ExternalTaskEntity> waiting(CommandContext context, String number) {
        ProcessInstanceQueryImpl query = new ProcessInstanceQueryImpl();
        query.processInstanceBusinessKey(number);
        return context.getExecutionManager().findProcessInstancesByQueryCriteria(query, null).stream()
                .map(ProcessInstance::getId)
                .flatMap(id -> context.getExternalTaskManager().findExternalTasksByProcessInstanceId(id).stream())
                .toList();
    }
}
