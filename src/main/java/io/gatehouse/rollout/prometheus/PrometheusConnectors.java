package io.gatehouse.rollout.prometheus;

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

/** The connectors under {@code gatehouse.connectors.<name>.prometheus} and {@code .canary}. */
@Configuration
@EnableConfigurationProperties(PrometheusConnectors.Configured.class)
class PrometheusConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable PrometheusSettings prometheus, @Nullable CanarySettings canary) {}

    @Bean
    ConnectorSource prometheusChecks(Configured configured, ToolApis tools, Clock clock) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> Stream.concat(
                        check(entry.getKey(), entry.getValue().prometheus(), tools, clock),
                        canary(entry.getKey(), entry.getValue().canary(), tools, clock)))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> check(
            String name, @Nullable PrometheusSettings settings, ToolApis tools, Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        ToolApi api = tools.api(
                name,
                settings.url(),
                settings.limits(),
                texts -> Credential.ifGiven(settings.user(), settings.token(), texts));
        return Stream.of(new PrometheusConnector(name, settings, api, clock));
    }

    private static Stream<Connector> canary(
            String name, @Nullable CanarySettings settings, ToolApis tools, Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        ToolApi api = tools.api(
                name,
                settings.url(),
                settings.limits(),
                texts -> Credential.ifGiven(settings.user(), settings.token(), texts));
        return Stream.of(new CanaryConnector(name, settings, api, clock));
    }
}
