package io.gatehouse.rollout.gitlab;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorSource;
import io.gatehouse.rollout.connector.Terms;
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

/** The connectors under {@code gatehouse.connectors.<name>.gitlab}. */
@Configuration
@EnableConfigurationProperties(GitlabConnectors.Configured.class)
class GitlabConnectors {

    @ConfigurationProperties("gatehouse")
    record Configured(@DefaultValue Map<String, OneConnector> connectors) {}

    /** Another kind of connector has no settings here. */
    record OneConnector(@Nullable GitlabSettings gitlab) {}

    @Bean
    ConnectorSource gitlabs(Configured configured, ToolApis tools, Clock clock) {
        List<Connector> connectors = configured.connectors().entrySet().stream()
                .flatMap(entry -> connector(entry.getKey(), entry.getValue().gitlab(), tools, clock))
                .toList();
        return () -> connectors;
    }

    private static Stream<Connector> connector(
            String name, @Nullable GitlabSettings settings, ToolApis tools, Clock clock) {
        if (settings == null) {
            return Stream.empty();
        }
        ToolApi api = tools.api(
                name,
                settings.url(),
                settings.limits(),
                texts -> Credential.header("PRIVATE-TOKEN", texts.apply(settings.token())));
        return Stream.of(new GitlabConnector(
                name,
                Terms.of(settings.parameters(), settings.askEvery(), settings.giveUpAfter()),
                settings,
                api,
                clock));
    }
}
