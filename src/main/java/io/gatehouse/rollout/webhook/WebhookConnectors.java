package io.gatehouse.rollout.webhook;

import io.gatehouse.api.StartRefused;
import io.gatehouse.rollout.Connector;
import io.gatehouse.rollout.ConnectorSource;
import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.secret.StoredSecrets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connectors under {@code gatehouse.connectors.<name>.webhook}. */
@Configuration
@EnableConfigurationProperties({WebhookConnectors.Configured.class, OutboundProperties.class})
class WebhookConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable WebhookSettings webhook) {}

    @Bean
    ConnectorSource webhooks(
            Configured configured,
            OutboundProperties allowed,
            RolloutProperties rollout,
            StoredSecrets secrets,
            Clock clock) {
        ToolAddresses addresses = new ToolAddresses(allowed, SystemDefaultDnsResolver.INSTANCE);
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry ->
                        connector(entry.getKey(), entry.getValue().webhook(), secrets, addresses, rollout, clock))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(
            String name,
            @Nullable WebhookSettings settings,
            StoredSecrets secrets,
            ToolAddresses addresses,
            RolloutProperties rollout,
            Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        if (settings.longestExchange().compareTo(rollout.longestExchange()) > 0) {
            throw new StartRefused("gatehouse.connectors." + name + ": connect-timeout and read-timeout must "
                    + "together be at most a third of gatehouse.rollout.lease, " + rollout.longestExchange());
        }
        checkAddresses(name, settings, addresses);
        return Stream.of(connector(name, settings, secrets, addresses, clock));
    }

    private static Connector connector(
            String name, WebhookSettings settings, StoredSecrets secrets, ToolAddresses addresses, Clock clock) {
        try {
            return new WebhookConnector(name, settings, secrets::text, addresses, clock);
        } catch (IllegalArgumentException refused) {
            throw new StartRefused("gatehouse.connectors." + name + ": " + refused.getMessage());
        }
    }

    private static void checkAddresses(String name, WebhookSettings settings, ToolAddresses addresses) {
        try {
            settings.addresses().forEach(addresses::check);
        } catch (IllegalArgumentException refused) {
            throw new StartRefused("gatehouse.connectors." + name + ": " + refused.getMessage());
        }
    }
}
