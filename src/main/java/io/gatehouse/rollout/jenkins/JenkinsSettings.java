package io.gatehouse.rollout.jenkins;

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
 * A job of a Jenkins, as its operator has configured it.
 *
 * @param url the Jenkins itself
 * @param user who builds
 * @param token an API token of that user, or {@code stored:<name>}; with one, Jenkins asks for no crumb
 * @param job its full name, folders first
 * @param keyParameter the string parameter of the job that holds our key; Jenkins drops parameters a job does not declare
 * @param parameters what a plan must give, each a parameter of the job, and the pattern each value must match as a whole
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a build may take, the queue included, until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record JenkinsSettings(
        @Example("https://jenkins.example.com/jenkins") String url,
        @Example("gatehouse") String user,
        @Example("stored:jenkins-token") String token,
        @Example("payments/deploy") String job,
        @DefaultValue("GATEHOUSE_KEY") String keyParameter,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    JenkinsSettings {
        // A part of dots alone would be another place.
        InvalidSetting.unless(
                job.matches("(?!\\.+(/|$))[^/]+(/(?!\\.+(/|$))[^/]+)*"), "job", "write it as folder/name");
        DeclaredParameters.withoutKey(parameters, keyParameter);
    }
}
