package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class KeycloakSettingsTests {

    private static final String SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "gatehouse.keycloak.issuer",
            "https://keycloak.example.com/realms/gatehouse",
            "gatehouse.keycloak.audience",
            "gatehouse-api",
            "gatehouse.keycloak.client-secret",
            SECRET,
            "gatehouse.keycloak.identity-secret",
            SECRET));

    @Test
    void hasNothingAgainstGoodSettings() {
        assertThat(trouble("keycloak")).isEmpty();
    }

    @Test
    void asksForNothingWithoutTheProfile() {
        settings.clear();

        assertThat(trouble("production")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8180/realms/gatehouse",
                "http://127.0.0.1:8180/realms/gatehouse",
                "http://[::1]:8180/realms/gatehouse"
            })
    void takesPlainHttpOnThisMachine(String issuer) {
        settings.put("gatehouse.keycloak.issuer", issuer);

        assertThat(trouble("keycloak")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keycloak.example.com/realms/gatehouse",
                "http://localhost.example.com/realms/gatehouse",
                "http://localhost@keycloak.example.com/realms/gatehouse",
                "http://10.0.0.1/realms/gatehouse",
                "HTTP://keycloak/realms/gatehouse",
                "ftp://localhost/realms/gatehouse",
                "",
                "keycloak",
                "https://keycloak.example.com",
                "https://keycloak.example.com/realms/gatehouse/",
                "https:// /realms/gatehouse"
            })
    void refusesAnIssuerThatOthersCouldPlay(String issuer) {
        settings.put("gatehouse.keycloak.issuer", issuer);

        assertThat(trouble("keycloak"))
                .startsWith("gatehouse.keycloak.issuer must")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void refusesAMissingAudience(String audience) {
        settings.put("gatehouse.keycloak.audience", audience);

        assertThat(trouble("keycloak")).startsWith("gatehouse.keycloak.audience is empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "changeme",
                "ChangeMe",
                "password",
                "short",
                "aaaaaaaaaaaaaaaaaaaaaaaa",
                "${GATEHOUSE_CLIENT_SECRET}"
            })
    void refusesSecretsThatCanBeGuessed(String secret) {
        settings.put("gatehouse.keycloak.client-secret", secret);
        assertThat(trouble("keycloak")).startsWith("gatehouse.keycloak.client-secret is missing or can be guessed");

        settings.put("gatehouse.keycloak.client-secret", SECRET);
        settings.put("gatehouse.keycloak.identity-secret", secret);
        assertThat(trouble("keycloak")).startsWith("gatehouse.keycloak.identity-secret is missing or can be guessed");
    }

    @Test
    void refusesSamplePeopleAndAdministratorsOfTheEngine() {
        assertThat(trouble("keycloak", "sample")).contains("exclude each other");

        settings.put("camunda.bpm.admin-user.id", "admin");
        assertThat(trouble("keycloak")).contains("camunda.bpm.admin-user");
    }

    private String trouble(String... profiles) {
        MockEnvironment environment = new MockEnvironment();
        environment.setActiveProfiles(profiles);
        settings.forEach(environment::setProperty);
        return KeycloakSettings.trouble(environment);
    }
}
