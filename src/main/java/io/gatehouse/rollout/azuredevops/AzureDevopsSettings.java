package io.gatehouse.rollout.azuredevops;

import io.gatehouse.rollout.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A pipeline of Azure DevOps, as its operator has configured it.
 *
 * @param url the service, or the address of an Azure DevOps Server with its virtual directory
 * @param organization the organization, or the collection of a server
 * @param project its name or id
 * @param pipeline its number, as {@code definitionId} in the address of its page
 * @param token a personal access token that may read and execute builds, or {@code stored:<name>}
 * @param ref the branch or tag whose pipeline is run, as {@code refs/heads/main}; the pipeline's own branch without it
 * @param keyParameter the template parameter that holds our key
 * @param parameters what a plan must give, each a template parameter, and the pattern each value must match as a whole
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a run may take, approvals inside it included, until a person is asked
 */
record AzureDevopsSettings(
        @DefaultValue("https://dev.azure.com") String url,
        String organization,
        String project,
        int pipeline,
        String token,
        @Nullable String ref,
        @DefaultValue("gatehouseKey") String keyParameter,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @DefaultValue HttpLimits limits) {

    AzureDevopsSettings {
        if (pipeline < 1) {
            throw new IllegalArgumentException("write the pipeline as its number");
        }
        if (organization.matches("\\.*") || project.matches("\\.*")) {
            throw new IllegalArgumentException("name the organization and the project");
        }
        if (ref != null && !ref.startsWith("refs/")) {
            throw new IllegalArgumentException("write the ref as refs/heads/main");
        }
        if (parameters.containsKey(keyParameter)) {
            throw new IllegalArgumentException("the parameter " + keyParameter + " is for the key of the command");
        }
    }
}
