package io.gatehouse.rollout.azuredevops;

import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolSettings;
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
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record AzureDevopsSettings(
        @DefaultValue("https://dev.azure.com") String url,
        @Example("fabrikam") String organization,
        @Example("web shop") String project,
        @Example("12") int pipeline,
        @Example("stored:azure-token") String token,
        @Nullable String ref,
        @DefaultValue("gatehouseKey") String keyParameter,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    AzureDevopsSettings {
        InvalidSetting.unless(pipeline >= 1, "pipeline", "write its number");
        InvalidSetting.unless(!organization.matches("\\.*"), "organization", "write its name");
        InvalidSetting.unless(!project.matches("\\.*"), "project", "write its name or id");
        InvalidSetting.unless(ref == null || ref.startsWith("refs/"), "ref", "write it as refs/heads/main");
        DeclaredParameters.withoutKey(parameters, keyParameter);
    }
}
