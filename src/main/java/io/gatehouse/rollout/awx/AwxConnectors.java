package io.gatehouse.rollout.awx;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code awx}. */
@Configuration
class AwxConnectors {

    @Bean
    ConnectorKind<AwxSettings> awxes(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "awx",
                AwxSettings.class,
                (name, settings) -> new AwxConnector(name, settings, tools.api(settings, Credential::bearer), clock));
    }
}
