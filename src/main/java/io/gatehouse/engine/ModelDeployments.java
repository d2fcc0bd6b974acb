package io.gatehouse.engine;

import io.gatehouse.api.ProblemException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.DeploymentWithDefinitions;
import org.camunda.bpm.engine.repository.ResourceDefinition;
import org.springframework.stereotype.Component;

/** Deploys a model that was checked and approved; there is no other way to. */
@Component
public class ModelDeployments {

    private final RepositoryService repository;
    private final OnBehalfOfTheSystem system;

    ModelDeployments(RepositoryService repository, OnBehalfOfTheSystem system) {
        this.repository = repository;
        this.system = system;
    }

    /**
     * Deploys one file. What is under way stays on the version it began with.
     *
     * @return the new version, counted by the engine for each process, table or form
     * @throws ProblemException conflict if the engine cannot read the model
     */
    public int deploy(String file, String text) {
        try {
            DeploymentWithDefinitions deployed = system.run(context -> repository
                    .createDeployment()
                    .name(file)
                    .source("proposal")
                    .addString(file, text)
                    .deployWithResult());
            return versionOf(deployed, formsOf(deployed));
        } catch (ProcessEngineException unreadable) {
            throw ProblemException.conflict(
                    "model-refused", "Model refused", "The engine cannot read " + file + "; nothing was deployed.");
        }
    }

    /** The engine does not return them, and has written them once the command has ended. */
    private List<? extends ResourceDefinition> formsOf(DeploymentWithDefinitions deployed) {
        return system.run(
                context -> context.getCamundaFormDefinitionManager().findDefinitionsByDeploymentId(deployed.getId()));
    }

    private static int versionOf(DeploymentWithDefinitions deployed, List<? extends ResourceDefinition> forms) {
        return Stream.of(deployed.getDeployedProcessDefinitions(), deployed.getDeployedDecisionDefinitions(), forms)
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .mapToInt(ResourceDefinition::getVersion)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nothing was deployed"));
    }
}
