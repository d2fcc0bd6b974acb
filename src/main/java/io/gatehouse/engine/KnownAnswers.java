package io.gatehouse.engine;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.dmn.entity.repository.DecisionDefinitionEntity;
import org.camunda.bpm.engine.impl.dmn.entity.repository.DecisionDefinitionManager;
import org.camunda.bpm.engine.impl.history.event.HistoricActivityInstanceEventEntity;
import org.camunda.bpm.engine.impl.history.event.HistoryEvent;
import org.camunda.bpm.engine.impl.history.handler.DbHistoryEventHandler;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.ProcessEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionManager;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceEntity;
import org.camunda.bpm.engine.impl.persistence.entity.VariableInstanceManager;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Spares the engine what it asks the database at each step though there is one answer only: what a stored model says,
 * which nobody alters, suspends or deletes ({@link OperatorActions}), which tasks belong to a task: none, for
 * tasks come from models alone ({@code standaloneTasksEnabled}), when a task began that is at hand, who was granted a
 * single process: nobody, and what one statement answers for a whole process instead of one for each of its tokens.
 */
final class KnownAnswers {

    private record Manager<T extends Session>(Class<? super T> type, Supplier<T> open) implements SessionFactory {

        @Override
        public Class<?> getSessionType() {
            return type;
        }

        @Override
        public Session openSession() {
            return open.get();
        }
    }

    private KnownAnswers() {}

    static void install(ProcessEngineConfigurationImpl engine) {
        engine.setHistoryEventProducer(new History());
        engine.setHistoryEventHandler(new Starts());
        engine.setCustomSessionFactories(List.of(
                new Manager<>(TaskManager.class, Tasks::new),
                new Manager<>(ExecutionManager.class, Tokens::new),
                new Manager<>(VariableInstanceManager.class, Variables::new),
                new Manager<>(JobManager.class, Jobs::new),
                new Manager<>(ProcessDefinitionManager.class, Processes::new),
                new Manager<>(DecisionDefinitionManager.class, Decisions::new)));
    }

    private static DeploymentCache models() {
        return Context.getProcessEngineConfiguration().getDeploymentCache();
    }

    /** Looks for no subtasks, and for the one task of a token only until it has been read. */
    static class Tasks extends TaskManager {

        @Override
        public List<Task> findTasksByParentTaskId(String task) {
            return List.of();
        }

        @Override
        public List<TaskEntity> findTasksByExecutionId(String token) {
            List<TaskEntity> read = getDbEntityManager().getDbEntityCache().getEntitiesByType(TaskEntity.class).stream()
                    .filter(task -> token.equals(task.getExecutionId()))
                    .toList();
            return read.isEmpty() ? super.findTasksByExecutionId(token) : new ArrayList<>(read);
        }
    }

    /** Reads the token of a task together with all others of its process, which the task's door asks for next. */
    static class Tokens extends ExecutionManager {

        private final Map<String, List<ExecutionEntity>> readAhead = new HashMap<>();

        @Override
        public @Nullable ExecutionEntity findExecutionById(String id) {
            if (getDbEntityManager().getCachedEntity(ExecutionEntity.class, id) == null) {
                getDbEntityManager().getCachedEntitiesByType(TaskEntity.class).stream()
                        .filter(task -> id.equals(task.getExecutionId()))
                        .map(TaskEntity::getProcessInstanceId)
                        .findAny()
                        .ifPresent(process -> readAhead.put(process, super.findExecutionsByProcessInstanceId(process)));
            }
            return super.findExecutionById(id);
        }

        @Override
        public List<ExecutionEntity> findExecutionsByProcessInstanceId(String process) {
            List<ExecutionEntity> read = readAhead.remove(process);
            return read == null ? super.findExecutionsByProcessInstanceId(process) : read;
        }

        /** There are none: what a role may do holds for every process. */
        @Override
        protected void deleteAuthorizations(Resource resource, String process) {
            // Nothing to delete.
        }
    }

    /** Reads the variables of a process at once, which are asked for by each of its tokens and by the task. */
    static class Variables extends VariableInstanceManager {

        private final Map<String, Map<String, List<VariableInstanceEntity>>> byProcessAndOwner = new HashMap<>();

        @Override
        public List<VariableInstanceEntity> findVariableInstancesByExecutionId(String token) {
            ExecutionEntity read = getDbEntityManager().getCachedEntity(ExecutionEntity.class, token);
            return read == null
                    ? super.findVariableInstancesByExecutionId(token)
                    : variables(read.getProcessInstanceId(), token);
        }

        @Override
        public List<VariableInstanceEntity> findVariableInstancesByTaskId(String task) {
            TaskEntity read = getDbEntityManager().getCachedEntity(TaskEntity.class, task);
            return read == null
                    ? super.findVariableInstancesByTaskId(task)
                    : variables(read.getProcessInstanceId(), task);
        }

        private List<VariableInstanceEntity> variables(String process, String owner) {
            return byProcessAndOwner.computeIfAbsent(process, this::byOwner).getOrDefault(owner, List.of());
        }

        private Map<String, List<VariableInstanceEntity>> byOwner(String process) {
            return findVariableInstancesByProcessInstanceId(process).stream().collect(groupingBy(Variables::owner));
        }

        private static String owner(VariableInstanceEntity variable) {
            return variable.getTaskId() == null ? variable.getExecutionId() : variable.getTaskId();
        }
    }

    /** Looks for no jobs that would tell a token of a message later: only signals come so, which no model may have. */
    static class Jobs extends JobManager {

        @Override
        public List<JobEntity> findJobsByConfiguration(String type, String configuration, @Nullable String tenant) {
            return type.equals(ProcessEventJobHandler.TYPE)
                    ? List.of()
                    : super.findJobsByConfiguration(type, configuration, tenant);
        }
    }

    /** Reads a process again only until it has been parsed. */
    static class Processes extends ProcessDefinitionManager {

        @Override
        public @Nullable ProcessDefinitionEntity getCachedResourceDefinitionEntity(String id) {
            ProcessDefinitionEntity read = super.getCachedResourceDefinitionEntity(id);
            return read == null ? models().findProcessDefinitionFromCache(id) : read;
        }
    }

    /** Reads a table again only until it has been parsed. */
    static class Decisions extends DecisionDefinitionManager {

        @Override
        public @Nullable DecisionDefinitionEntity getCachedResourceDefinitionEntity(String id) {
            DecisionDefinitionEntity read = super.getCachedResourceDefinitionEntity(id);
            return read == null ? models().findDecisionDefinitionFromCache(id) : read;
        }
    }

    /** Names the model of what is written to the history without reading it for that. */
    static class History extends CacheAwareHistoryEventProducer {

        @Override
        protected @Nullable ProcessDefinitionEntity getProcessDefinitionEntity(@Nullable String id) {
            ProcessDefinitionEntity parsed = id == null ? null : models().findProcessDefinitionFromCache(id);
            return parsed == null ? super.getProcessDefinitionEntity(id) : parsed;
        }
    }

    /**
     * Takes for the start of a task's step when the task was created, which is a moment later than the start that is
     * written in its row; only how long it took is counted from it.
     */
    static class Starts extends DbHistoryEventHandler {

        @Override
        protected void insertOrUpdate(HistoryEvent event) {
            Date start = event instanceof HistoricActivityInstanceEventEntity step ? start(step) : null;
            if (start == null || isInitialEvent(event) || isKept(event)) {
                super.insertOrUpdate(event);
                return;
            }
            ((HistoricActivityInstanceEventEntity) event).setStartTime(start);
            getDbEntityManager().merge(event);
        }

        private boolean isKept(HistoryEvent event) {
            return getDbEntityManager().getCachedEntity(event.getClass(), event.getId()) != null;
        }

        private @Nullable Date start(HistoricActivityInstanceEventEntity step) {
            return getDbEntityManager().getCachedEntitiesByType(TaskEntity.class).stream()
                    .filter(task -> task.getTaskDefinitionKey().equals(step.getActivityId())
                            && task.getExecutionId().equals(step.getExecutionId()))
                    .map(TaskEntity::getCreateTime)
                    .findAny()
                    .orElse(null);
        }
    }
}
