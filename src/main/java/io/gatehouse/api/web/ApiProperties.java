package io.gatehouse.api.web;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The API's limits, {@code gatehouse.api.*}.
 *
 * @param maxBody most bytes of a request's body
 * @param keepAnswers how long the answer to an idempotency key is kept
 * @param rate what one caller may send to one node
 * @param refusals how often one address may be refused for wrong credentials by one node
 */
@Validated
@ConfigurationProperties("gatehouse.api")
record ApiProperties(
        @DefaultValue("256KB") DataSize maxBody,
        @DefaultValue("7d") Duration keepAnswers,
        @DefaultValue @Valid Rate rate,
        @DefaultValue @Valid Refusals refusals) {

    /**
     * A rate with bursts.
     *
     * @param perSecond requests per second in the long run
     * @param burst requests at once after a pause
     */
    record Rate(@DefaultValue("100") @Positive int perSecond, @DefaultValue("200") @Positive int burst) {}

    /**
     * A rate of refusals.
     *
     * @param perSecond refusals per second in the long run
     * @param burst refusals at once after a pause
     */
    record Refusals(@DefaultValue("1") @Positive int perSecond, @DefaultValue("60") @Positive int burst) {

        Rate rate() {
            return new Rate(perSecond, burst);
        }
    }
}
