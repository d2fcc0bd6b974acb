package io.gatehouse.change;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the policy.
 *
 * @param timeZone by whose clock it is told whether a window is in working hours, as {@code Europe/Berlin}
 */
@ConfigurationProperties("gatehouse.policy")
record PolicyProperties(@DefaultValue("UTC") ZoneId timeZone) {}
