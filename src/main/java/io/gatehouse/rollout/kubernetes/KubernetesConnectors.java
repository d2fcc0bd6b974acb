package io.gatehouse.rollout.kubernetes;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorSource;
import io.gatehouse.rollout.connector.Terms;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolApis;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connectors under {@code gatehouse.connectors.<name>.kubernetes}. */
@Configuration
@EnableConfigurationProperties(KubernetesConnectors.Configured.class)
class KubernetesConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable KubernetesSettings kubernetes) {}

    @Bean
    ConnectorSource kubernetesDeployments(Configured configured, ToolApis tools) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().kubernetes(), tools))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(String name, @Nullable KubernetesSettings settings, ToolApis tools) {
        if (settings == null) {
            return Stream.empty();
        }
        ToolApi api = tools.api(
                name,
                settings.url(),
                settings.limits(),
                settings.caCertificate(),
                texts -> Credential.bearer(texts.apply(settings.token())));
        return Stream.of(new KubernetesConnector(
                name, Terms.of(settings.parameters(), settings.askEvery(), settings.giveUpAfter()), settings, api));
    }
}
