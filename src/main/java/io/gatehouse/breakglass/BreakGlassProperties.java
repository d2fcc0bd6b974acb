package io.gatehouse.breakglass;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How break-glass is limited here.
 *
 * @param longest the longest time from asking until it expires
 */
@ConfigurationProperties("gatehouse.break-glass")
record BreakGlassProperties(@DefaultValue("60m") Duration longest) {}
