package io.gatehouse.rollout.argocd;

import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An application of an Argo CD, as its operator has configured it.
 *
 * @param url the Argo CD itself
 * @param token of an account or a role of the project, or {@code stored:<name>}; it may get and sync the application
 * @param application its name
 * @param project the project it is in; with it, Argo CD tells an application that is missing from one that is forbidden
 * @param applicationNamespace where it is kept, if not in the namespace of Argo CD
 * @param action what an order does
 * @param prune whether resources are deleted that the revision no longer has
 * @param parameters {@code revision} for a sync or {@code id} for a rollback, and the pattern its values must match
 * @param appearsWithin how long an order may be on its way before it shows in the application
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long the operation may take and the application to become healthy, until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record ArgoCdSettings(
        @Example("https://argocd.example.com") String url,
        @Example("stored:argocd-token") String token,
        @Example("payments") String application,
        @Nullable String project,
        @Nullable String applicationNamespace,
        @DefaultValue("SYNC") ArgoCdAction action,
        @DefaultValue("false") boolean prune,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("30s") Duration appearsWithin,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    ArgoCdSettings {
        InvalidSetting.unless(
                application.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?"), "application", "write its name as Argo CD does");
        InvalidSetting.unless(
                parameters.keySet().equals(Set.of(action.parameter())),
                "parameters",
                "declare " + action.parameter() + " and no other for the action " + action);
    }
}
