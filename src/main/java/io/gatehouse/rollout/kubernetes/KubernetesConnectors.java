package io.gatehouse.rollout.kubernetes;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code kubernetes}. */
@Configuration
class KubernetesConnectors {

    @Bean
    ConnectorKind<KubernetesSettings> kubernetesDeployments(ToolApis tools) {
        return new ConnectorKind<>(
                "kubernetes",
                KubernetesSettings.class,
                (name, settings) -> new KubernetesConnector(name, settings, tools.api(settings, Credential::bearer)));
    }
}
