package io.gatehouse.engine;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.springframework.stereotype.Component;

/** The processes and decision tables that are deployed, in all their versions, to be looked at. */
@Component
public class ModelShelf {

    private final RepositoryService repository;
    private final OnBehalfOfTheSystem system;

    ModelShelf(RepositoryService repository, OnBehalfOfTheSystem system) {
        this.repository = repository;
        this.system = system;
    }

    /**
     * A model as new processes follow it.
     *
     * @param version the latest, counted from 1
     */
    public record Shelved(String key, String name, int version) {}

    /** The processes by name. */
    public List<Shelved> processes() {
        return system.run(context -> sorted(repository.createProcessDefinitionQuery().latestVersion().list().stream()
                .map(one -> shelved(one.getKey(), one.getName(), one.getVersion()))));
    }

    /** The decision tables by name. */
    public List<Shelved> tables() {
        return system.run(context -> sorted(repository.createDecisionDefinitionQuery().latestVersion().list().stream()
                .map(one -> shelved(one.getKey(), one.getName(), one.getVersion()))));
    }

    private static List<Shelved> sorted(Stream<Shelved> models) {
        return models.sorted(Comparator.comparing(Shelved::name)).toList();
    }

    private static Shelved shelved(String key, String name, int version) {
        return new Shelved(key, name == null ? key : name, version);
    }

    /** A version of a process; empty if there is no such one. */
    public Optional<BpmnModelInstance> process(String key, int version) {
        return system.run(context -> Optional.ofNullable(repository
                        .createProcessDefinitionQuery()
                        .processDefinitionKey(key)
                        .processDefinitionVersion(version)
                        .singleResult())
                .map(ProcessDefinition::getId)
                .map(repository::getBpmnModelInstance));
    }

    /** A version of a decision table; empty if there is no such one. */
    public Optional<DmnModelInstance> table(String key, int version) {
        return system.run(context -> Optional.ofNullable(repository
                        .createDecisionDefinitionQuery()
                        .decisionDefinitionKey(key)
                        .decisionDefinitionVersion(version)
                        .singleResult())
                .map(DecisionDefinition::getId)
                .map(repository::getDmnModelInstance));
    }
}
