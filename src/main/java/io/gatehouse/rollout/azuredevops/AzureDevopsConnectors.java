package io.gatehouse.rollout.azuredevops;

import io.gatehouse.rollout.connector.ConnectorKind;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.ToolApis;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kind of connector {@code azure-devops}. */
@Configuration
class AzureDevopsConnectors {

    @Bean
    ConnectorKind<AzureDevopsSettings> azureDevopsPipelines(ToolApis tools) {
        return new ConnectorKind<>(
                "azure-devops",
                AzureDevopsSettings.class,
                // The user of a personal access token is left empty.
                (name, settings) -> new AzureDevopsConnector(
                        name, settings, tools.api(settings, token -> Credential.basic("", token))));
    }
}
