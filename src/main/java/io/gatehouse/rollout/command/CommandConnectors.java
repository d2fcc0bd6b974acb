package io.gatehouse.rollout.command;

import static java.util.stream.Collectors.toMap;

import io.gatehouse.api.StartRefused;
import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorSource;
import io.gatehouse.secret.StoredSecrets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connectors under {@code gatehouse.connectors.<name>.command}. */
@Configuration
@EnableConfigurationProperties(CommandConnectors.Configured.class)
class CommandConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable CommandSettings command) {}

    @Bean
    ConnectorSource commands(Configured configured, RolloutProperties rollout, StoredSecrets secrets) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().command(), rollout, secrets))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(
            String name, @Nullable CommandSettings settings, RolloutProperties rollout, StoredSecrets secrets) {
        if (settings == null) {
            return Stream.empty();
        }
        Map<String, Pattern> parameters = settings.parameters().entrySet().stream()
                .collect(toMap(Map.Entry::getKey, entry -> Pattern.compile(entry.getValue())));
        try {
            return Stream.of(
                    new CommandConnector(name, settings, parameters, secrets::text, rollout.longestExchange()));
        } catch (IllegalArgumentException refused) {
            throw new StartRefused("gatehouse.connectors." + name + ": " + refused.getMessage());
        }
    }
}
