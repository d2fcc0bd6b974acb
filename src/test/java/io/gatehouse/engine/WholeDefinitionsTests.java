package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParse;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.jobexecutor.MessageJobDeclaration;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.DeploymentCache;
import org.camunda.bpm.engine.impl.persistence.deploy.cache.ProcessDefinitionCache;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ActivityImpl;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.commons.utils.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

/** A model that is read from the database again, as after a start. */
@ProcessTest
@OnH2
class WholeDefinitionsTests {

    @Autowired
    ProcessEngine engine;

    @Autowired
    RepositoryService repository;

    private ProcessDefinitionCache definitions;
    private Cache<String, ProcessDefinitionEntity> kept;
    private final Watched watched = new Watched();

    @BeforeEach
    void watch() {
        DeploymentCache cache =
                ((ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration()).getDeploymentCache();
        definitions = (ProcessDefinitionCache)
                Objects.requireNonNull(ReflectionTestUtils.getField(cache, "processDefinitionEntityCache"));
        kept = definitions.getCache();
        kept.clear();
        ReflectionTestUtils.setField(definitions, "cache", watched);
    }

    @AfterEach
    void unwatch() {
        ReflectionTestUtils.setField(definitions, "cache", kept);
    }

    @Test
    void knowsTheIdsOfItsJobsBeforeAnybodySeesIt() {
        repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .map(definition -> definition.getId())
                .forEach(repository::getProcessDefinition);

        assertThat(watched.seen).hasSizeGreaterThan(5).doesNotContainNull();
        assertThat(kept.isEmpty()).isFalse();
    }

    /** Notes, the moment a model can be seen, the ids of the jobs before and after its activities; null if there is none. */
    private final class Watched implements Cache<String, ProcessDefinitionEntity> {

        final List<String> seen = new ArrayList<>();

        @Override
        public void put(String id, ProcessDefinitionEntity definition) {
            activities(definition)
                    .map(activity -> activity.getProperty(BpmnParse.PROPERTYNAME_MESSAGE_JOB_DECLARATION))
                    .filter(Objects::nonNull)
                    .flatMap(declarations -> ((Collection<?>) declarations).stream())
                    .map(declaration -> ((MessageJobDeclaration) declaration).getJobDefinitionId())
                    .forEach(seen::add);
            kept.put(id, definition);
        }

        private Stream<ActivityImpl> activities(ScopeImpl scope) {
            return scope.getActivities().stream()
                    .flatMap(activity -> Stream.concat(Stream.of(activity), activities(activity)));
        }

        @Override
        public ProcessDefinitionEntity get(String id) {
            return kept.get(id);
        }

        @Override
        public void clear() {
            kept.clear();
        }

        @Override
        public void remove(String id) {
            kept.remove(id);
        }

        @Override
        public Set<String> keySet() {
            return kept.keySet();
        }

        @Override
        public int size() {
            return kept.size();
        }

        @Override
        public boolean isEmpty() {
            return kept.isEmpty();
        }
    }
}
