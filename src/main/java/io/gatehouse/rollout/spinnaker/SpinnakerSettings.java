package io.gatehouse.rollout.spinnaker;

import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A pipeline of a Spinnaker, as its operator has configured it.
 *
 * @param url its API, which is Gate
 * @param user who signs in with a password, where Gate takes one (basic authentication, LDAP); null for a bearer token
 * @param token an API token or an access token of the identity provider, or the user's password, or
 *     {@code stored:<name>}
 * @param application the application the pipeline belongs to
 * @param pipeline its name, or its id, which stays when it is renamed
 * @param ui where people see an execution, which is Deck; null if steps are to have no link
 * @param parameters what a plan must give, each a parameter of the pipeline, and the pattern each value must match as a
 *     whole
 * @param orderMayTake how long Spinnaker may work on an order; until then a missing execution may still appear
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long an execution may take, judgments by people inside it included, until a person is asked
 * @param noticeSecret what the tool's own notices are proven by, or {@code stored:<name>}; null if it sends none
 */
record SpinnakerSettings(
        @Example("https://gate.example.com") String url,
        @Nullable String user,
        @Example("stored:spinnaker-token") String token,
        @Example("payments") String application,
        @Example("Deploy to production") String pipeline,
        @Nullable String ui,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("2m") Duration orderMayTake,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @Nullable String noticeSecret,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    SpinnakerSettings {
        // An application called * would be all of them.
        InvalidSetting.unless(
                application.matches("[A-Za-z0-9][A-Za-z0-9._~-]*"),
                "application",
                "write its name of letters, digits and . _ ~ -");
        // Gate takes none of these in an address, however they are encoded.
        InvalidSetting.unless(
                pipeline.matches("(?!\\.+$)[^/\\\\;%\\p{Cntrl}]+"),
                "pipeline",
                "write its name, or its id if the name has / \\ ; or %");
        InvalidSetting.unless(
                ui == null || ui.matches("https?://[!-~&&[^?#]]+"),
                "ui",
                "write the address of Deck as https://spinnaker.example.com");
    }
}
