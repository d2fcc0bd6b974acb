package io.gatehouse.rollout.gitlab;

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
 * A project of a GitLab, as its operator has configured it.
 *
 * @param url the GitLab itself
 * @param token a personal, group or project access token with the scope {@code api}, or {@code stored:<name>}
 * @param project its path, or its number
 * @param ref the branch or tag that is run
 * @param keyVariable the variable of the pipeline that holds our key
 * @param parameters what a plan must give, each a variable of the pipeline, and the pattern each value must match as a
 *     whole
 * @param orderMayTake how long GitLab may work on an order; until then a missing pipeline may still appear
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a pipeline may take until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record GitlabSettings(
        @Example("https://gitlab.example.com") String url,
        @Example("stored:gitlab-token") String token,
        @Example("payments/deploy") String project,
        @Example("main") String ref,
        @DefaultValue("GATEHOUSE_KEY") String keyVariable,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("90s") Duration orderMayTake,
        @DefaultValue("10s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    /** The variables of a pipeline are read in one page, and a page has at most 100. */
    private static final int MOST_PARAMETERS = 99;

    private static final String NAME = "a variable of GitLab has a name of letters, digits and _";

    GitlabSettings {
        InvalidSetting.unless(project.matches("\\d+|[\\w.-]+(/[\\w.-]+)+"), "project", "write it as group/name");
        InvalidSetting.unless(keyVariable.matches("\\w+"), "key-variable", NAME);
        InvalidSetting.unless(parameters.keySet().stream().allMatch(name -> name.matches("\\w+")), "parameters", NAME);
        DeclaredParameters.withoutKey(parameters, keyVariable);
        DeclaredParameters.atMost(MOST_PARAMETERS, parameters);
    }
}
