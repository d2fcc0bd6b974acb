package io.gatehouse.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.dmn.entity.repository.DecisionDefinitionEntity;
import org.camunda.bpm.engine.impl.dmn.entity.repository.DecisionDefinitionManager;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.jobexecutor.ProcessEventJobHandler;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.persistence.entity.JobManager;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionManager;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskManager;
import org.camunda.bpm.engine.task.Task;
import org.jspecify.annotations.Nullable;

/**
 * Spares the engine what it asks the database at each step though there is one answer only: what a stored model says,
 * which nobody alters, suspends or deletes ({@link OperatorActions}), and which tasks belong to a task: none, for tasks
 * come from models alone ({@code standaloneTasksEnabled}).
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
        engine.setCustomSessionFactories(List.of(
                new Manager<>(TaskManager.class, Tasks::new),
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
}
