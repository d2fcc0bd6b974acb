package io.gatehouse.rollout.prometheus;

import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolSettings;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A canary and what it is compared with, as their operator has configured them.
 *
 * @param url the Prometheus itself, as {@code https://prometheus.example.com}
 * @param user whose password {@code token} is, if Prometheus asks for a name and a password
 * @param token what Prometheus knows us by, or {@code stored:<name>}, if it asks for something
 * @param canary the query for the new version, in PromQL, with {@code ${parameter}} in the values of labels
 * @param baseline the same for the version that it replaces, running beside it
 * @param worse which way the number gets worse
 * @param period how long both are watched
 * @param step the time between two samples; at least as long as any range in the queries, else they are not independent
 * @param significance how often a canary that is no worse may look worse by chance
 * @param atMostPercent how many percent worse it may be, however certain that is
 * @param minSamples how many samples each of the two must have
 * @param parameters what a plan must give, and the pattern each value must match as a whole
 * @param askEvery the pause between two looks whether the period is over
 */
record CanarySettings(
        @Example("https://prometheus.example.com") String url,
        @Nullable String user,
        @Nullable String token,
        @Example("sum(rate(errors_total{version=\"${version}\"}[30s]))") String canary,
        @Example("sum(rate(errors_total{version!=\"${version}\"}[30s]))") String baseline,
        @DefaultValue("HIGHER") Worse worse,
        @DefaultValue("30m") Duration period,
        @DefaultValue("30s") Duration step,
        @DefaultValue("0.01") double significance,
        @DefaultValue("10") double atMostPercent,
        @DefaultValue("50") int minSamples,
        @DefaultValue Map<String, String> parameters,
        @DefaultValue("15s") Duration askEvery,
        @DefaultValue HttpLimits limits)
        implements ToolSettings {

    /** The normal approximation of the statistic is none for fewer. */
    private static final int FEWEST = 20;

    /** How long Prometheus may be out of reach at the end, until a person is asked. */
    private static final Duration OUT_OF_REACH = Duration.ofMinutes(10);

    /** More, Prometheus does not answer at once. */
    private static final int MOST = 11_000;

    CanarySettings {
        InvalidSetting.unless(user == null || token != null, "token", "give the password of " + user);
        QueryTemplate.requireAll(parameters.keySet(), canary, baseline);
        if (step.toMillis() < 1 || period.dividedBy(step) > MOST) {
            throw new IllegalArgumentException("choose a step so that the period has at most " + MOST + " of them");
        }
        if (minSamples < FEWEST || period.dividedBy(step) < minSamples) {
            throw new IllegalArgumentException("a period must have at least min-samples steps, and these be at least "
                    + FEWEST + "; it has " + period.dividedBy(step));
        }
        if (!(significance > 0 && significance <= 0.1) || !(atMostPercent >= 0)) {
            throw new IllegalArgumentException(
                    "significance is more than 0 and at most 0.1, at-most-percent is 0 or more");
        }
    }

    @Override
    public Duration giveUpAfter() {
        return period.plus(OUT_OF_REACH);
    }
}
