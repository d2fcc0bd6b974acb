package io.gatehouse.rollout.spinnaker;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code spinnaker}. */
@Configuration
class SpinnakerConnectors {

    @Bean
    ConnectorKind<SpinnakerSettings> spinnakers(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "spinnaker",
                SpinnakerSettings.class,
                (name, settings) -> new SpinnakerConnector(
                        name,
                        settings,
                        tools.api(settings, token -> Credential.basicOrBearer(settings.user(), token)),
                        clock));
    }
}
