package io.gatehouse.rollout.github;

import io.gatehouse.rollout.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A workflow of a repository on GitHub, as its operator has configured it.
 *
 * @param url the REST API, as {@code https://api.github.com} or {@code https://github.example.com/api/v3}
 * @param token a token that may write Actions of the repository, or {@code stored:<name>}
 * @param repository its owner and name, as {@code acme/payments}
 * @param workflow the name of its file, as {@code deploy.yml}, or its number
 * @param ref the branch or tag that is run
 * @param keyInput the input of the workflow that holds our key; the workflow must put it into its {@code run-name}
 * @param parameters what a plan must give, each an input of the workflow, and the pattern each value must match as a
 *     whole
 * @param apiVersion the version of the REST API; those before {@code 2026-03-10} do not tell which run an order became
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a run may take until a person is asked
 */
record GithubSettings(
        @DefaultValue("https://api.github.com") String url,
        String token,
        String repository,
        String workflow,
        String ref,
        @DefaultValue("gatehouse_key") String keyInput,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("2026-03-10") String apiVersion,
        @DefaultValue("10s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @DefaultValue HttpLimits limits) {

    /** GitHub takes 25 inputs at most, and one is the key. */
    private static final int MOST_PARAMETERS = 24;

    GithubSettings {
        if (!repository.matches("[\\w-][\\w.-]*/[\\w.-]*[\\w-][\\w.-]*")) {
            throw new IllegalArgumentException("write the repository as owner/name");
        }
        if (!workflow.matches("[\\w-][\\w .-]*")) {
            throw new IllegalArgumentException("write the workflow as the name of its file, without folders");
        }
        if (ref.isBlank()) {
            throw new IllegalArgumentException("say which branch or tag is run");
        }
        if (!apiVersion.matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw new IllegalArgumentException("write the version of the API as 2026-03-10");
        }
        if (parameters.containsKey(keyInput)) {
            throw new IllegalArgumentException("the parameter " + keyInput + " is for the key of the command");
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new IllegalArgumentException("there may be at most " + MOST_PARAMETERS + " parameters");
        }
    }
}
