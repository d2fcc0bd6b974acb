package io.gatehouse.rollout.prometheus;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of connector {@code prometheus} and {@code canary}. */
@Configuration
class PrometheusConnectors {

    @Bean
    ConnectorKind<PrometheusSettings> prometheusChecks(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "prometheus",
                PrometheusSettings.class,
                (name, settings) -> new PrometheusConnector(
                        name,
                        settings,
                        tools.api(settings, token -> Credential.basicOrBearer(settings.user(), token)),
                        clock));
    }

    @Bean
    ConnectorKind<CanarySettings> canaries(ToolApis tools, Clock clock) {
        return new ConnectorKind<>(
                "canary",
                CanarySettings.class,
                (name, settings) -> new CanaryConnector(
                        name,
                        settings,
                        tools.api(settings, token -> Credential.basicOrBearer(settings.user(), token)),
                        clock));
    }
}
