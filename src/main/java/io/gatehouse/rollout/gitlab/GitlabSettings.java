package io.gatehouse.rollout.gitlab;

import io.gatehouse.rollout.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A project of a GitLab, as its operator has configured it.
 *
 * @param url the GitLab itself, as {@code https://gitlab.example.com}
 * @param token a personal, group or project access token with the scope {@code api}, or {@code stored:<name>}
 * @param project its path, as {@code payments/deploy}, or its number
 * @param ref the branch or tag that is run
 * @param keyVariable the variable of the pipeline that holds our key
 * @param parameters what a plan must give, each a variable of the pipeline, and the pattern each value must match as a
 *     whole
 * @param orderMayTake how long GitLab may work on an order; until then a missing pipeline may still appear
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a pipeline may take until a person is asked
 */
record GitlabSettings(
        String url,
        String token,
        String project,
        String ref,
        @DefaultValue("GATEHOUSE_KEY") String keyVariable,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("90s") Duration orderMayTake,
        @DefaultValue("10s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @DefaultValue HttpLimits limits) {

    /** The variables of a pipeline are read in one page, and a page has at most 100. */
    private static final int MOST_PARAMETERS = 99;

    GitlabSettings {
        if (!project.matches("\\d+|[\\w.-]+(/[\\w.-]+)+")) {
            throw new IllegalArgumentException("write the project as group/name");
        }
        if (ref.isBlank()) {
            throw new IllegalArgumentException("say which branch or tag is run");
        }
        if (!keyVariable.matches("\\w+") || !parameters.keySet().stream().allMatch(name -> name.matches("\\w+"))) {
            throw new IllegalArgumentException("a variable of GitLab has a name of letters, digits and _");
        }
        if (parameters.containsKey(keyVariable)) {
            throw new IllegalArgumentException("the parameter " + keyVariable + " is for the key of the command");
        }
        if (parameters.size() > MOST_PARAMETERS) {
            throw new IllegalArgumentException("there may be at most " + MOST_PARAMETERS + " parameters");
        }
    }
}
