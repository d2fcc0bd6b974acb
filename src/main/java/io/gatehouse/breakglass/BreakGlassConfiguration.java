package io.gatehouse.breakglass;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(BreakGlassProperties.class)
class BreakGlassConfiguration {}
