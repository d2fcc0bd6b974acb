package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsKeycloak
class KeycloakServerTests {

    @Test
    void importsTheRealmAndSetsItsPlaceholders(KeycloakServer keycloak) {
        JsonNode pages = keycloak.realm()
                .admin("GET", "/clients?clientId=gatehouse", null)
                .get(0);

        assertThat(pages.get("redirectUris"))
                .extracting(JsonNode::asText)
                .containsExactly(keycloak.gatehouse() + "/login/oauth2/code/keycloak");
        assertThat(pages.get("secret").asText()).doesNotContain("$");
    }

    @Test
    void refusesPasswordsAndTokenExchangeFromEveryClient(KeycloakServer keycloak) {
        KeycloakRealm realm = keycloak.realm();
        realm.addPerson("closed-grants", "requester");
        realm.addPipeline("closed-grants-pipeline", List.of("basic", "profile", "groups", "gatehouse-api"));

        for (JsonNode client : realm.admin("GET", "/clients", null)) {
            Map<String, String> password = Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    client.get("clientId").asText(),
                    "client_secret",
                    client.path("secret").asText("none"),
                    "username",
                    "closed-grants",
                    "password",
                    KeycloakRealm.PASSWORD);
            assertThat(realm.token(password).status())
                    .as(client.get("clientId").asText())
                    .isBetween(400, 401);
        }
        Map<String, String> exchange = Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "client_id", "closed-grants-pipeline",
                "client_secret", "closed-grants-pipeline-secret-of-a-test",
                "subject_token", realm.tokenOf("closed-grants-pipeline"),
                "subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        assertThat(realm.token(exchange).body().path("error").asText()).isEqualTo("unsupported_grant_type");
    }

    @Test
    void goesAwayAndComesBack(KeycloakServer keycloak) {
        keycloak.goAway();
        try {
            assertThatThrownBy(() -> keycloak.realm().token(Map.of())).isInstanceOf(UncheckedIOException.class);
        } finally {
            keycloak.comeBack();
        }
        assertThat(keycloak.realm().token(Map.of()).status()).isEqualTo(400);
    }
}
