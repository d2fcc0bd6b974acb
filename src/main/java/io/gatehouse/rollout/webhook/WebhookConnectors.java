package io.gatehouse.rollout.webhook;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.ToolApis;
import io.gatehouse.secret.StoredSecrets;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code webhook}. */
@Configuration
class WebhookConnectors {

    @Bean
    ConnectorKind<WebhookSettings> webhooks(ToolApis tools, StoredSecrets secrets, Clock clock) {
        return new ConnectorKind<>(
                "webhook",
                WebhookSettings.class,
                (name, settings) -> new WebhookConnector(
                        name, settings, secrets::text, tools.check(settings.limits(), settings.addresses()), clock));
    }
}
