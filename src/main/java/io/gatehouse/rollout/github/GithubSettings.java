package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What is done in a repository on GitHub, as its operator has configured it.
 *
 * @param url the REST API, as {@code https://api.github.com} or {@code https://github.example.com/api/v3}
 * @param token a token that may write Actions of the repository, Contents besides for a {@code REPOSITORY_DISPATCH}, or
 *     only Deployments for a {@code DEPLOYMENT}; or {@code stored:<name>}
 * @param repository its owner and name
 * @param trigger by which event; it decides which of the next six are needed, and others must be left out
 * @param workflow the name of its file, or its number
 * @param ref the branch or tag that is run; for a deployment it may be a commit, too
 * @param eventType the type of event that the workflow waits for
 * @param environment what is deployed to
 * @param task what is done in a deployment; null for GitHub's own default, {@code deploy}
 * @param requiredContexts the commit statuses without whose success GitHub creates no deployment, none if empty; null for
 *     all that the commit has
 * @param keyInput the input of the workflow, or property of the event or deployment, that holds our key; a workflow must
 *     put it into its {@code run-name}
 * @param parameters what a plan must give, each an input or property, and the pattern each value must match as a whole
 * @param apiVersion the version of the REST API; those before {@code 2026-03-10} do not tell which run an order became
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a run may take until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record GithubSettings(
        @DefaultValue("https://api.github.com") String url,
        @Example("stored:github-token") String token,
        @Example("acme/payments") String repository,
        @DefaultValue("WORKFLOW_DISPATCH") GithubTrigger trigger,
        @Nullable String workflow,
        @Nullable String ref,
        @Nullable String eventType,
        @Nullable String environment,
        @Nullable String task,
        @Nullable List<String> requiredContexts,
        @DefaultValue("gatehouse_key") String keyInput,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("2026-03-10") String apiVersion,
        @DefaultValue("10s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    private static final int MOST_OF_A_TYPE = 100;

    GithubSettings {
        trigger.check("workflow", workflow);
        trigger.check("ref", ref);
        trigger.check("event-type", eventType);
        trigger.check("environment", environment);
        trigger.check("task", task);
        trigger.check("required-contexts", requiredContexts == null ? null : "given");
        InvalidSetting.unless(
                repository.matches("[\\w-][\\w.-]*/[\\w.-]*[\\w-][\\w.-]*"), "repository", "write it as owner/name");
        InvalidSetting.unless(
                workflow == null || workflow.matches("[\\w-][\\w .-]*"),
                "workflow",
                "write the name of its file, without folders");
        InvalidSetting.unless(
                eventType == null || eventType.length() <= MOST_OF_A_TYPE,
                "event-type",
                "write at most " + MOST_OF_A_TYPE + " characters");
        InvalidSetting.unless(apiVersion.matches("\\d{4}-\\d{2}-\\d{2}"), "api-version", "write it as 2026-03-10");
        DeclaredParameters.withoutKey(parameters, keyInput);
        trigger.check(parameters);
    }

    /** A setting that the trigger needs, which was looked at above. */
    static String needed(@Nullable String setting) {
        return Objects.requireNonNull(setting);
    }
}
