package io.gatehouse.rollout.argocd;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code argocd}. */
@Configuration
class ArgoCdConnectors {

    @Bean
    ConnectorKind<ArgoCdSettings> argoCds(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "argocd",
                ArgoCdSettings.class,
                (name, settings) ->
                        new ArgoCdConnector(name, settings, tools.api(settings, Credential::bearer), clock));
    }
}
