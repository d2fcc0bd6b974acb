package io.gatehouse.rollout.health;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code health}. */
@Configuration
class HealthConnectors {

    @Bean
    ConnectorKind<HealthSettings> healthChecks(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "health",
                HealthSettings.class,
                (name, settings) -> new HealthConnector(
                        name,
                        settings,
                        tools.api(settings, token -> Credential.basicOrBearer(settings.user(), token)),
                        clock));
    }
}
