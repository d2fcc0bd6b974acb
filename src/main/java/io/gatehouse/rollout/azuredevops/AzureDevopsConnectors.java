package io.gatehouse.rollout.azuredevops;

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

/** The connectors under {@code gatehouse.connectors.<name>.azure-devops}. */
@Configuration
@EnableConfigurationProperties(AzureDevopsConnectors.Configured.class)
class AzureDevopsConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable AzureDevopsSettings azureDevops) {}

    @Bean
    ConnectorSource azureDevopsPipelines(Configured configured, ToolApis tools) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().azureDevops(), tools))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(String name, @Nullable AzureDevopsSettings settings, ToolApis tools) {
        if (settings == null) {
            return Stream.empty();
        }
        // The user of a personal access token is left empty.
        ToolApi api = tools.api(
                name, settings.url(), settings.limits(), texts -> Credential.basic("", texts.apply(settings.token())));
        return Stream.of(new AzureDevopsConnector(
                name, Terms.of(settings.parameters(), settings.askEvery(), settings.giveUpAfter()), settings, api));
    }
}
