package io.gatehouse.rollout.command;

import io.gatehouse.rollout.RolloutProperties;
import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.secret.StoredSecrets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code command}. */
@Configuration
class CommandConnectors {

    @Bean
    ConnectorKind<CommandSettings> commands(RolloutProperties rollout, StoredSecrets secrets) {
        return new ConnectorKind<>(
                "command",
                CommandSettings.class,
                (name, settings) -> new CommandConnector(name, settings, secrets::text, rollout.longestExchange()));
    }
}
