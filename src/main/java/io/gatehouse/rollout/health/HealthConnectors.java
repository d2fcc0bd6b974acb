package io.gatehouse.rollout.health;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorSource;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolApis;
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

/** The connectors under {@code gatehouse.connectors.<name>.health}. */
@Configuration
@EnableConfigurationProperties(HealthConnectors.Configured.class)
class HealthConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable HealthSettings health) {}

    @Bean
    ConnectorSource healthChecks(Configured configured, ToolApis tools, Clock clock) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().health(), tools, clock))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(
            String name, @Nullable HealthSettings settings, ToolApis tools, Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        ToolApi api = tools.api(
                name,
                settings.url(),
                settings.limits(),
                texts -> Credential.ifGiven(settings.user(), settings.token(), texts));
        return Stream.of(new HealthConnector(name, settings, api, clock));
    }
}
