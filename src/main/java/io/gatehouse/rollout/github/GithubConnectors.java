package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolApis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code github}. */
@Configuration
class GithubConnectors {

    @Bean
    ConnectorKind<GithubSettings> githubs(ToolApis tools) {
        return new ConnectorKind<>(
                "github",
                GithubSettings.class,
                (name, settings) -> connector(name, settings, tools.api(settings, Credential::bearer)));
    }

    private static Connector connector(String name, GithubSettings settings, ToolApi api) {
        return settings.trigger() == GithubTrigger.DEPLOYMENT
                ? new GithubDeploymentConnector(name, settings, api)
                : new GithubConnector(name, settings, api);
    }
}
