package io.gatehouse.rollout.github;

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
 * A workflow of a repository on GitHub, as its operator has configured it.
 *
 * @param url the REST API, as {@code https://api.github.com} or {@code https://github.example.com/api/v3}
 * @param token a token that may write Actions of the repository, or {@code stored:<name>}
 * @param repository its owner and name
 * @param workflow the name of its file, or its number
 * @param ref the branch or tag that is run
 * @param keyInput the input of the workflow that holds our key; the workflow must put it into its {@code run-name}
 * @param parameters what a plan must give, each an input of the workflow, and the pattern each value must match as a
 *     whole
 * @param apiVersion the version of the REST API; those before {@code 2026-03-10} do not tell which run an order became
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a run may take until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record GithubSettings(
        @DefaultValue("https://api.github.com") String url,
        @Example("stored:github-token") String token,
        @Example("acme/payments") String repository,
        @Example("deploy.yml") String workflow,
        @Example("main") String ref,
        @DefaultValue("gatehouse_key") String keyInput,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("2026-03-10") String apiVersion,
        @DefaultValue("10s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    /** GitHub takes 25 inputs at most, and one is the key. */
    private static final int MOST_PARAMETERS = 24;

    GithubSettings {
        InvalidSetting.unless(
                repository.matches("[\\w-][\\w.-]*/[\\w.-]*[\\w-][\\w.-]*"), "repository", "write it as owner/name");
        InvalidSetting.unless(
                workflow.matches("[\\w-][\\w .-]*"), "workflow", "write the name of its file, without folders");
        InvalidSetting.unless(apiVersion.matches("\\d{4}-\\d{2}-\\d{2}"), "api-version", "write it as 2026-03-10");
        DeclaredParameters.withoutKey(parameters, keyInput);
        DeclaredParameters.atMost(MOST_PARAMETERS, parameters);
    }
}
