package io.gatehouse.rollout.jenkins;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code jenkins}. */
@Configuration
class JenkinsConnectors {

    @Bean
    ConnectorKind<JenkinsSettings> jenkinses(ToolApis tools) {
        return new ConnectorKind<>(
                "jenkins",
                JenkinsSettings.class,
                (name, settings) -> new JenkinsConnector(
                        name, settings, tools.api(settings, token -> Credential.basic(settings.user(), token))));
    }
}
