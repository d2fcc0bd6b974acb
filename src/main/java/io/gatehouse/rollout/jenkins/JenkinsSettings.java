package io.gatehouse.rollout.jenkins;

import io.gatehouse.rollout.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A job of a Jenkins, as its operator has configured it.
 *
 * @param url the Jenkins itself, as {@code https://jenkins.example.com/jenkins}
 * @param user who builds
 * @param token an API token of that user, or {@code stored:<name>}; with one, Jenkins asks for no crumb
 * @param job its full name, folders first, as {@code payments/deploy}
 * @param keyParameter the string parameter of the job that holds our key; Jenkins drops parameters a job does not declare
 * @param parameters what a plan must give, each a parameter of the job, and the pattern each value must match as a whole
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long a build may take, the queue included, until a person is asked
 */
record JenkinsSettings(
        String url,
        String user,
        String token,
        String job,
        @DefaultValue("GATEHOUSE_KEY") String keyParameter,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @DefaultValue HttpLimits limits) {

    JenkinsSettings {
        // A part of dots alone would be another place.
        if (!job.matches("(?!\\.+(/|$))[^/]+(/(?!\\.+(/|$))[^/]+)*")) {
            throw new IllegalArgumentException("write the job as folder/name");
        }
        if (parameters.containsKey(keyParameter)) {
            throw new IllegalArgumentException("the parameter " + keyParameter + " is for the key of the command");
        }
    }
}
