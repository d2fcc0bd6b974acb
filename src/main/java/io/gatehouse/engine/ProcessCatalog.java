package io.gatehouse.engine;

import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.springframework.stereotype.Component;

/** Which processes are deployed. */
@Component
public class ProcessCatalog {

    private final RepositoryService repository;
    private final OnBehalfOfTheSystem system;

    ProcessCatalog(RepositoryService repository, OnBehalfOfTheSystem system) {
        this.repository = repository;
        this.system = system;
    }

    /** Whether the latest version of a process has a tool task with this topic. */
    public boolean hasToolTask(String process, String topic) {
        return system.run(context ->
                repository.createProcessDefinitionQuery().processDefinitionKey(process).latestVersion().list().stream()
                        .map(ProcessDefinition::getId)
                        .anyMatch(id -> hasToolTaskIn(id, topic)));
    }

    private boolean hasToolTaskIn(String definition, String topic) {
        return repository.getBpmnModelInstance(definition).getModelElementsByType(ServiceTask.class).stream()
                .anyMatch(task -> topic.equals(task.getCamundaTopic()));
    }
}
