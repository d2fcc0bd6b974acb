package io.gatehouse.rollout.webhook;

import io.gatehouse.api.StartRefused;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorSource;
import io.gatehouse.rollout.http.ToolAddresses;
import io.gatehouse.rollout.http.ToolApis;
import io.gatehouse.secret.StoredSecrets;
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
    ConnectorSource webhooks(Configured configured, ToolApis tools, StoredSecrets secrets, Clock clock) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().webhook(), tools, secrets, clock))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(
            String name, @Nullable WebhookSettings settings, ToolApis tools, StoredSecrets secrets, Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        ToolAddresses addresses = tools.check(name, settings.limits(), settings.addresses());
        try {
            return Stream.of(new WebhookConnector(name, settings, secrets::text, addresses, clock));
        } catch (IllegalArgumentException refused) {
            throw new StartRefused("gatehouse.connectors." + name + ": " + refused.getMessage());
        }
    }
}
