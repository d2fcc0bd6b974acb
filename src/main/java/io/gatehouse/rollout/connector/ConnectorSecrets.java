package io.gatehouse.rollout.connector;

import static java.util.stream.Collectors.toSet;

import io.gatehouse.secret.SecretUses;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Which connector uses which stored secret. */
@Component
class ConnectorSecrets implements SecretUses {

    private final Connectors connectors;

    ConnectorSecrets(Connectors connectors) {
        this.connectors = connectors;
    }

    @Override
    public Set<Use> uses() {
        return connectors.all().stream()
                .flatMap(connector -> connector.storedSecrets().stream()
                        .map(secret -> new Use(secret, "connector:" + connector.name())))
                .collect(toSet());
    }
}
