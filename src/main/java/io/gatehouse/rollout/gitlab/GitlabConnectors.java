package io.gatehouse.rollout.gitlab;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code gitlab}. */
@Configuration
class GitlabConnectors {

    @Bean
    ConnectorKind<GitlabSettings> gitlabs(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "gitlab",
                GitlabSettings.class,
                (name, settings) -> new GitlabConnector(
                        name,
                        settings,
                        tools.api(settings, token -> Credential.header("PRIVATE-TOKEN", token)),
                        clock));
    }
}
