package io.gatehouse.rollout.webhook;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * A tool behind an HTTP address, as its operator has configured it.
 *
 * @param url where commands are posted; no redirect is followed
 * @param secret {@code whsec_…} or {@code stored:<name>}, signs our calls and the tool's callbacks
 * @param parameters what a plan must give, and the pattern each value must match as a whole
 * @param headers sent along with each call, such as an authorization of the tool's own; a value may be
 *     {@code stored:<name>}
 * @param statusUrl where a command's result is asked for; {@code {key}} and {@code {reference}} are filled in
 * @param stopUrl where the tool is told by {@code DELETE} to end a command; filled in likewise
 * @param connectTimeout the longest wait for a connection
 * @param readTimeout the longest wait for the whole answer
 * @param answerLimit the largest answer that is read
 * @param askEvery the pause between two questions for a result
 * @param giveUpAfter how long an accepted command may take until a person is asked
 * @param afterCrash what the tool allows when nobody knows whether a command reached it
 */
record WebhookSettings(
        @Example("https://ci.example.com/run") String url,
        @Example("stored:ci-signing") String secret,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue Map<String, String> headers,
        @Nullable String statusUrl,
        @Nullable String stopUrl,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("10s") Duration readTimeout,
        @DefaultValue("64KB") DataSize answerLimit,
        @DefaultValue("5s") Duration askEvery,
        @DefaultValue("1h") Duration giveUpAfter,
        @DefaultValue("NEITHER") AfterCrash afterCrash) {

    WebhookSettings {
        InvalidSetting.unless(
                afterCrash != AfterCrash.QUERYABLE || statusUrl != null, "status-url", "a QUERYABLE webhook needs it");
    }

    /** By the names of their settings. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new TreeMap<>(Map.of("url", url));
        if (statusUrl != null) {
            addresses.put("status-url", statusUrl);
        }
        if (stopUrl != null) {
            addresses.put("stop-url", stopUrl);
        }
        return addresses;
    }

    HttpLimits limits() {
        return new HttpLimits(connectTimeout, readTimeout, answerLimit);
    }
}
