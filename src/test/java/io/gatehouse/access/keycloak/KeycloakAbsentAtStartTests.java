package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.KeycloakServer;
import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.NeedsKeycloak;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A real process that is started before its Keycloak. */
@NeedsKeycloak
class KeycloakAbsentAtStartTests {

    private static final String READINESS = "/actuator/health/readiness";

    @Test
    void waitsAndSaysForWhatAndOpensWhenKeycloakComes(KeycloakServer keycloak) {
        List<String> arguments = new ArrayList<>(List.of("--spring.profiles.active=keycloak"));
        keycloak.settings().forEach(setting -> arguments.add("--" + setting));
        MySqlDatabase database = new MySqlDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
        String token = token(keycloak);
        keycloak.goAway();
        try (GatehouseProcess gatehouse =
                GatehouseProcess.launch(database, GatehouseProcess.freePort(), arguments.toArray(String[]::new))) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> gatehouse.log().contains("Waiting for Keycloak at") || !gatehouse.isAlive());
            assertThat(gatehouse.log())
                    .contains("Waiting for Keycloak at " + keycloak.issuer())
                    .contains("Until it answers nobody can sign in");
            BearerClient caller = new BearerClient(gatehouse.address(), "Bearer " + token);
            assertThat(caller.get(READINESS).status()).isEqualTo(503);
            assertThat(caller.get("/api/v1/services").status()).isEqualTo(503);
            WireBrowser browser = new WireBrowser();
            assertThat(browser.get(gatehouse.address().resolve(KeycloakSignIn.BEGIN))
                            .status())
                    .isEqualTo(503);
            assertThat(gatehouse.isAlive()).isTrue();

            keycloak.comeBack();
            gatehouse.awaitReady();
            assertThat(gatehouse.log()).contains("Keycloak answers at " + keycloak.issuer());
            assertThat(browser.get(gatehouse.address().resolve(KeycloakSignIn.BEGIN))
                            .isRedirect())
                    .isTrue();
        } finally {
            keycloak.comeBack();
        }
    }

    private static String token(KeycloakServer keycloak) {
        keycloak.realm()
                .addPipeline("absent-pipeline", List.of("basic", "profile", "groups", "gatehouse-api"), "requester");
        return keycloak.realm().tokenOf("absent-pipeline");
    }
}
