package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.PermissionTableException;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

@ProcessTest
@OnH2
class EveryTaskHasARowTests {

    @Autowired
    private Permissions permissions;

    @Autowired
    private ObjectProvider<TaskForm> forms;

    @Autowired
    private RepositoryService repository;

    private static class ApproveEverythingForm implements TaskForm {

        @Override
        public Map<String, Object> show(OpenTask task) {
            return Map.of();
        }

        @Override
        public void admit(OpenTask task, Person person) {
            // Whoever comes.
        }

        @Override
        public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
            return Map.of();
        }
    }

    @Test
    void startsWithTheTasksOfTheProduct() {
        assertThatCode(() -> new EveryTaskHasARow(forms, permissions).afterSingletonsInstantiated())
                .doesNotThrowAnyException();
    }

    @Test
    void refusesToStartWithATaskThatHasNoRow() {
        StaticListableBeanFactory others =
                new StaticListableBeanFactory(Map.of("approveEverythingForm", new ApproveEverythingForm()));

        assertThatThrownBy(() -> new EveryTaskHasARow(others.getBeanProvider(TaskForm.class), permissions)
                        .afterSingletonsInstantiated())
                .isInstanceOf(PermissionTableException.class)
                .hasMessage("The permission table has no row for the tasks ApproveEverything");
    }

    @Test
    void everyUserTaskOfEveryModelHasARow() {
        List<String> stems = repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .flatMap(model ->
                        repository.getBpmnModelInstance(model.getId()).getModelElementsByType(UserTask.class).stream())
                .map(task -> task.getId().substring(OpenTask.ACTIVITY_PREFIX.length()))
                .toList();
        Set<String> unlisted = new TreeSet<>(stems);
        unlisted.removeAll(permissions.names());

        assertThat(stems).hasSizeGreaterThan(8);
        assertThat(unlisted).isEmpty();
        assertThat(permissions.names().stream()
                        .filter(row -> !row.contains(" "))
                        .filter(row -> !row.equals("GiveBack") && !row.endsWith("Sample"))
                        .collect(Collectors.toSet()))
                .isSubsetOf(stems);
    }
}
