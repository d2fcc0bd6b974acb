package io.gatehouse.rollout.prometheus;

import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.RepeatedCheck;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A number in a Prometheus that must hold, as its operator has configured it.
 *
 * @param url the Prometheus itself, as {@code https://prometheus.example.com}
 * @param user whose password {@code token} is, if Prometheus asks for a name and a password
 * @param token what Prometheus knows us by, or {@code stored:<name>}, if it asks for something
 * @param query what gives exactly one number, in PromQL, with {@code ${parameter}} in the values of labels
 * @param atMost it must be this or less
 * @param atLeast or this or more
 * @param baseline or not much worse than it was before
 * @param parameters what a plan must give, and the pattern each value must match as a whole
 * @param stableFor how long it must hold
 * @param askEvery the pause between two looks
 * @param timeLimit how long may pass until it has held so long
 */
record PrometheusSettings(
        @Example("https://prometheus.example.com") String url,
        @Nullable String user,
        @Nullable String token,
        @Example("sum(rate(errors_total{version=\"${version}\"}[5m]))") String query,
        @Nullable Double atMost,
        @Nullable Double atLeast,
        @Nullable Baseline baseline,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("1m") Duration stableFor,
        @DefaultValue("15s") Duration askEvery,
        @DefaultValue("10m") Duration timeLimit,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    /**
     * The same query some time ago.
     *
     * @param offset how long ago
     * @param worse which way the number gets worse
     * @param atMostPercent how many percent worse it may be
     */
    record Baseline(
            @Example("1d") Duration offset, @DefaultValue("HIGHER") Worse worse, @Example("10") double atMostPercent) {

        Baseline {
            if (offset.isNegative() || offset.isZero() || !(atMostPercent >= 0)) {
                throw new IllegalArgumentException(
                        "a baseline needs an offset back in time, and at-most-percent of 0 or more");
            }
        }
    }

    PrometheusSettings {
        InvalidSetting.unless(user == null || token != null, "token", "give the password of " + user);
        if (Stream.of(atMost, atLeast, baseline).filter(Objects::nonNull).count() != 1) {
            throw new IllegalArgumentException("say one of at-most, at-least and baseline");
        }
        QueryTemplate.requireAll(parameters.keySet(), query);
    }

    @Override
    public Duration giveUpAfter() {
        return pace().giveUpAfter();
    }

    RepeatedCheck.Pace pace() {
        return new RepeatedCheck.Pace(askEvery, stableFor, timeLimit);
    }
}
