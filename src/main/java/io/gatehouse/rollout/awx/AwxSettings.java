package io.gatehouse.rollout.awx;

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
 * A job template of an AWX, as its operator has configured it.
 *
 * @param url the AWX itself
 * @param apiPath where its API is below that; {@code api/controller/v2} behind the gateway of an Automation Platform
 * @param token an OAuth 2 token with the scope to write, or {@code stored:<name>}
 * @param template the number of the job template
 * @param keyVariable the variable that holds our key
 * @param limitParameter which parameter of the plan limits the job to some hosts; it becomes no variable
 * @param jobPage where people see a job, below {@code url}; {@code {id}} stands for its number
 * @param parameters what a plan must give, each a variable of the job, and the pattern each value must match as a whole
 * @param appearsWithin how long a launch may be worked on until its job shows in the list
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a job may take, waiting included, until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record AwxSettings(
        @Example("https://awx.example.com") String url,
        @DefaultValue("api/v2") String apiPath,
        @Example("stored:awx-token") String token,
        @Example("14") long template,
        @DefaultValue("gatehouse_key") String keyVariable,
        @Nullable String limitParameter,
        @DefaultValue("/#/jobs/playbook/{id}") String jobPage,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("2m") Duration appearsWithin,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    AwxSettings {
        InvalidSetting.unless(
                apiPath.matches("[a-z0-9_-]+(/[a-z0-9_-]+)*"), "api-path", "write the path of the API as api/v2");
        InvalidSetting.unless(
                keyVariable.matches("[A-Za-z_][A-Za-z0-9_]*"),
                "key-variable",
                "'" + keyVariable + "' is no name of a variable; write it as gatehouse_key");
        DeclaredParameters.withoutKey(parameters, keyVariable);
        InvalidSetting.unless(
                limitParameter == null || parameters.containsKey(limitParameter),
                "parameters",
                "declare " + limitParameter + ", which gives the limit");
    }
}
