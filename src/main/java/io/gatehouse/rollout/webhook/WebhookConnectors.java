package io.gatehouse.rollout.webhook;

import io.gatehouse.rollout.Connector;
import io.gatehouse.rollout.ConnectorSource;
import io.gatehouse.rollout.RolloutProperties;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connectors under {@code gatehouse.connectors.<name>.webhook}. */
@Configuration
@EnableConfigurationProperties(WebhookConnectors.Configured.class)
class WebhookConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable WebhookSettings webhook) {}

    @Bean
    ConnectorSource webhooks(Configured configured, RolloutProperties rollout, Clock clock) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().webhook(), rollout, clock))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(
            String name, @Nullable WebhookSettings settings, RolloutProperties rollout, Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        if (settings.longestExchange().compareTo(rollout.longestExchange()) > 0) {
            throw new IllegalStateException("gatehouse.connectors." + name + ": connect-timeout and read-timeout must "
                    + "together be at most a third of gatehouse.rollout.lease, " + rollout.longestExchange());
        }
        return Stream.of(new WebhookConnector(name, settings, clock));
    }
}
