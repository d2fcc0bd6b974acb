package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.keycloak.WireBrowser.Answer;
import io.gatehouse.testing.KeycloakServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people and programs are told while Keycloak is away, and that they can go on afterwards. */
class KeycloakOutageTests extends KeycloakApplication {

    /** Leaves nothing behind that the tests after these would meet, the remembered trouble neither. */
    @AfterEach
    void comeBack() {
        KeycloakServer.shared().comeBack();
        clock.jump(Duration.ofSeconds(2));
        assertThat(new WireBrowser().get(address(KeycloakSignIn.BEGIN)).isRedirect())
                .isTrue();
    }

    @Test
    void nobodyIsSentToAKeycloakThatDoesNotAnswer(KeycloakServer keycloak) {
        keycloak.goAway();

        assertUnreachable(new WireBrowser().get(address(KeycloakSignIn.BEGIN)));
        assertThat(new WireBrowser().get(address("/sign-in")).status()).isEqualTo(200);
        assertThat(health("")).isEqualTo(503);
        assertThat(health("/readiness")).isEqualTo(200);

        keycloak.comeBack();
        clock.jump(Duration.ofSeconds(2));
        assertThat(new WireBrowser().get(address(KeycloakSignIn.BEGIN)).isRedirect())
                .isTrue();
    }

    @Test
    void theWayBackSaysThatItCannotBeChecked(KeycloakServer keycloak) {
        keycloak.realm().addPerson("outage-back", "requester");
        WireBrowser rita = new WireBrowser();
        URI back = rita.callbackOf("outage-back");
        keycloak.goAway();

        assertUnreachable(rita.get(back));
        assertThat(rita.isSignedIn()).isFalse();
    }

    @Test
    void aSessionWaitsForKeycloakAndGoesOn(KeycloakServer keycloak) {
        keycloak.realm().addPerson("outage-rita", "requester");
        WireBrowser rita = new WireBrowser();
        rita.signIn("outage-rita");
        assertThat(rita.isSignedIn()).isTrue();

        keycloak.goAway();
        clock.jump(Duration.ofSeconds(60));
        assertUnreachable(rita.get(address(TASKLIST)));
        Answer call = rita.engine("POST", "task/count", "{}");
        assertThat(call.status()).isEqualTo(503);
        assertThat(call.body()).contains("identity-provider-unreachable", "Keycloak does not answer");

        keycloak.comeBack();
        assertThat(rita.isSignedIn()).isTrue();
    }

    @Test
    void whoeverWantsToGoMayAndIsToldThatKeycloakDoesNotKnow(KeycloakServer keycloak) {
        keycloak.realm().addPerson("outage-leaving", "requester");
        WireBrowser rita = new WireBrowser();
        rita.signIn("outage-leaving");
        keycloak.goAway();
        clock.jump(Duration.ofSeconds(60));

        Answer left = rita.signOut();

        assertThat(left.location()).isEqualTo(address("/sign-in?signed-out-here"));
        assertThat(rita.visit(left.location()).body()).contains("Keycloak did not answer", "Sign out at Keycloak");
        keycloak.comeBack();
        assertThat(rita.isSignedIn()).isFalse();
    }

    @Test
    void theApiSaysWhatItCannotTell(KeycloakServer keycloak) {
        keycloak.realm().addPerson("outage-adam", "admin");
        keycloak.realm().addPerson("outage-rolf", "release-manager");
        BearerClient.with(App.ofTheApi(keycloak).tokenOf("outage-rolf"))
                .send(
                        "PUT",
                        "/api/v1/services/outage-service",
                        "{\"name\": \"Outage\", \"tier\": 1, \"ownerGroup\": \"api\"}",
                        "If-None-Match",
                        "*")
                .expect(201);
        BearerClient adam = BearerClient.with(App.ofTheApi(keycloak).tokenOf("outage-adam"));
        assertThat(adam.get("/api/v1/services").status()).isEqualTo(200);
        keycloak.goAway();

        assertThat(adam.get("/api/v1/services").status())
                .as("keys and groups are known for a minute")
                .isEqualTo(200);
        var refused = adam.send(
                "PUT",
                "/api/v1/tools/outage-tool",
                """
                {"description": "x", "actions": ["READ"], "services": ["outage-service"], "responsible": "somebody-else",
                 "enabled": true}""",
                "If-None-Match",
                "*");
        assertThat(refused.expect(503).get("type").asText()).contains("identity-provider-unreachable");
        assertThat(refused.headers().firstValue("Retry-After")).contains("10");
    }

    private static int health(String part) {
        return new WireBrowser()
                .call("GET", address("/actuator/health" + part), "")
                .status();
    }

    private static void assertUnreachable(Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body()).contains("Keycloak does not answer");
        assertThat(answer.response().headers().firstValue("Retry-After")).contains("10");
    }
}
