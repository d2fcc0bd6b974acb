package io.gatehouse.rollout;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Configuration;

@Configuration
@EnableConfigurationProperties(RolloutProperties.class)
class RolloutConfiguration {}
