package io.gatehouse.engine;

import static java.util.stream.Collectors.toSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.ExternalTaskEntity;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.springframework.stereotype.Component;

/** Finds and completes the tool tasks a process waits at, by the process's business key. */
@Component
public class ToolTasks {

    /** The engine's own query spends most of its time on deciding which of its hundred conditions it has. */
    private static final String BY_NUMBER =
            "select * from ACT_RU_EXECUTION where BUSINESS_KEY_ = #{number} and PARENT_ID_ is null";

    private final OnBehalfOfTheSystem system;

    ToolTasks(OnBehalfOfTheSystem system) {
        this.system = system;
    }

    /** The ids of the boxes with this topic at which the process waits; several tokens in one box count once. */
    public Set<String> open(String number, String topic) {
        return system.run(context -> waiting(context, processes(context, number))
                .filter(task -> task.getTopicName().equals(topic))
                .map(ExternalTaskEntity::getActivityId)
                .collect(toSet()));
    }

    /**
     * Lets one token that waits in this box go on.
     *
     * @return false if there is no process of this number any more
     * @throws IllegalStateException if there is and no token waits there
     */
    public boolean complete(String number, String activity) {
        return system.run(context -> {
            List<ProcessInstance> processes = processes(context, number);
            waiting(context, processes)
                    .filter(task -> task.getActivityId().equals(activity))
                    .findFirst()
                    .ifPresentOrElse(task -> task.complete(null, null), () -> requireNone(processes, number, activity));
            return !processes.isEmpty();
        });
    }

    private static void requireNone(List<ProcessInstance> processes, String number, String activity) {
        if (!processes.isEmpty()) {
            throw new IllegalStateException(number + " does not wait in " + activity);
        }
    }

    private static Stream<ExternalTaskEntity> waiting(CommandContext context, List<ProcessInstance> processes) {
        return processes.stream()
                .map(ProcessInstance::getId)
                .flatMap(id -> context.getExternalTaskManager().findExternalTasksByProcessInstanceId(id).stream());
    }

    private static List<ProcessInstance> processes(CommandContext context, String number) {
        Map<String, Object> query = Map.of("sql", BY_NUMBER, "number", number);
        return context.getExecutionManager().findProcessInstanceByNativeQuery(query, 0, Integer.MAX_VALUE);
    }
}
