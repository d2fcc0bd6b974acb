package io.gatehouse.tool;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of tokens, {@code gatehouse.tools.*}.
 *
 * @param longestLife after which a token expires at the latest, and does if nobody says otherwise
 * @param longestOverlap for how long the old token may work beside the new one after a rotation
 */
@Validated
@ConfigurationProperties("gatehouse.tools")
record ToolProperties(
        @DefaultValue("90d") @DurationMin(minutes = 1) Duration longestLife,
        @DefaultValue("7d") @DurationMin(seconds = 0) Duration longestOverlap) {}
