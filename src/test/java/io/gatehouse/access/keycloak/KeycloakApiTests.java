package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.KeycloakRealm;
import io.gatehouse.testing.KeycloakServer;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalManagementPort;

/** Calls of the API with what a real Keycloak gives out. */
class KeycloakApiTests extends KeycloakApplication {

    private static final String SERVICES = "/api/v1/services";

    @LocalManagementPort
    private int managementPort;

    @Test
    void takesAPersonsTokenWithTheRolesOfTheirGroups(KeycloakServer keycloak) {
        keycloak.realm().addPerson("api-rolf", "release-manager");
        keycloak.realm().addPerson("api-rita", "requester");
        BearerClient rolf = BearerClient.with(App.ofTheApi(keycloak).tokenOf("api-rolf"));
        BearerClient rita = BearerClient.with(App.ofTheApi(keycloak).tokenOf("api-rita"));
        String service = SERVICES + "/" + anyKey();
        String content = "{\"name\": \"Api\", \"tier\": 1, \"ownerGroup\": \"api\"}";

        assertThat(rolf.send("PUT", service, content, "If-None-Match", "*").status())
                .isEqualTo(201);
        assertThat(rita.get(service).status()).isEqualTo(200);
        assertThat(rita.send("PUT", service, content, "If-Match", "*").status()).isEqualTo(403);
    }

    @Test
    void takesAPipelinesTokenAsAProgramWithoutPowers(KeycloakServer keycloak) {
        KeycloakRealm realm = keycloak.realm();
        List<String> scopes = List.of("basic", "profile", "groups", "gatehouse-api");
        realm.addPipeline("api-pipeline", scopes, "requester");
        realm.addPipeline("api-robot", scopes, "cab-member");

        assertThat(BearerClient.with(realm.tokenOf("api-pipeline"))
                        .get(SERVICES)
                        .status())
                .isEqualTo(200);
        ApiClient.Answer refused = BearerClient.with(realm.tokenOf("api-robot")).get(SERVICES);
        assertThat(refused.expect(403).get("type").asText()).contains("account-refused");
        assertThat(refused.body().get("detail").asText()).contains("neither approves nor administers");
    }

    @Test
    void takesNoTokenThatIsMeantForAnother(KeycloakServer keycloak) {
        KeycloakRealm realm = keycloak.realm();
        realm.addPerson("other-rita", "requester");
        realm.addPipeline("other-pipeline", List.of("basic", "profile", "groups"), "requester");
        JsonNode right = App.ofTheApi(keycloak).tokensOf("other-rita");
        JsonNode other = App.with(keycloak, "app-of-another", "basic", "profile", "groups")
                .tokensOf("other-rita");

        assertThat(status(text(right, "access_token"))).isEqualTo(200);
        assertThat(status(text(right, "id_token"))).isEqualTo(401);
        assertThat(status(text(right, "refresh_token"))).isEqualTo(401);
        assertThat(status(text(other, "access_token"))).isEqualTo(401);
        assertThat(status(text(other, "id_token"))).isEqualTo(401);
        assertThat(status(realm.tokenOf("other-pipeline"))).isEqualTo(401);
    }

    @Test
    void keepsNoPeopleOfItsOwn(KeycloakServer keycloak) {
        keycloak.realm().addPerson("people-adam", "admin");
        keycloak.realm().addPerson("people-rita", "requester");
        BearerClient adam = BearerClient.with(App.ofTheApi(keycloak).tokenOf("people-adam"));
        BearerClient rita = BearerClient.with(App.ofTheApi(keycloak).tokenOf("people-rita"));
        String person = "{\"id\": \"nora\", \"name\": \"Nora\"}";

        assertThat(adam.send("POST", "/api/v1/people", person)
                        .expect(409)
                        .get("type")
                        .asText())
                .contains("people-in-keycloak");
        assertThat(adam.get("/api/v1/people").status()).isEqualTo(409);
        assertThat(adam.send("POST", "/api/v1/people/people-rita/disablement", "")
                        .status())
                .isEqualTo(409);
        assertThat(rita.get("/api/v1/people").status()).isEqualTo(403);
    }

    @Test
    void takesNoPasswordAndNoSession(KeycloakServer keycloak) {
        keycloak.realm().addPerson("basic-rita", "requester");
        String basic = Base64.getEncoder().encodeToString(("basic-rita:" + KeycloakRealm.PASSWORD).getBytes());
        WireBrowser rita = new WireBrowser();
        rita.signIn("basic-rita");

        ApiClient.Answer refused = new BearerClient(gatehouse(), "Basic " + basic).get(SERVICES);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"Gatehouse\"");
        assertThat(rita.isSignedIn()).isTrue();
        assertThat(rita.call("GET", address(SERVICES), "").status()).isEqualTo(401);
    }

    @Test
    void takesTheSameTokensAtTheManagementPort(KeycloakServer keycloak) {
        keycloak.realm().addPerson("watch-oskar", "ops-lead");
        keycloak.realm().addPerson("watch-rita", "requester");
        String oskar = App.ofTheApi(keycloak).tokenOf("watch-oskar");
        String rita = App.ofTheApi(keycloak).tokenOf("watch-rita");

        assertThat(watching(oskar).get("/management/info").expect(200).has("gatehouse"))
                .isTrue();
        assertThat(watching(rita).get("/management/info").status()).isEqualTo(403);
        ApiClient.Answer refused = watching(oskar.substring(2)).get("/management/info");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.headers().allValues("WWW-Authenticate")).containsExactly("Bearer realm=\"Gatehouse\"");
    }

    private BearerClient watching(String token) {
        return new BearerClient(URI.create("http://127.0.0.1:" + managementPort), "Bearer " + token);
    }

    @Test
    void keepsTokensOfToolsWorking(KeycloakServer keycloak) {
        keycloak.realm().addPerson("tool-rolf", "release-manager");
        keycloak.realm().addPerson("tool-adam", "admin");
        String service = anyKey();
        String tool = anyKey();
        BearerClient.with(App.ofTheApi(keycloak).tokenOf("tool-rolf"))
                .send(
                        "PUT",
                        SERVICES + "/" + service,
                        "{\"name\": \"Tool\", \"tier\": 1, \"ownerGroup\": \"api\"}",
                        "If-None-Match",
                        "*")
                .expect(201);
        BearerClient adam = BearerClient.with(App.ofTheApi(keycloak).tokenOf("tool-adam"));
        adam.send(
                        "PUT",
                        "/api/v1/tools/" + tool,
                        """
                        {"description": "Reads", "actions": ["READ"], "services": ["%s"], "responsible": "tool-rolf",
                         "enabled": true}"""
                                .formatted(service),
                        "If-None-Match",
                        "*")
                .expect(201);
        String token = text(
                adam.send("POST", "/api/v1/tools/" + tool + "/tokens", "{}").expect(201), "token");

        assertThat(status(token)).isEqualTo(200);
        assertThat(status(token.substring(0, token.length() - 1))).isEqualTo(401);

        keycloak.realm().enable("tool-rolf", false);
        clock.jump(Duration.ofSeconds(61));
        assertThat(status(token)).as("nobody answers for it any more").isEqualTo(401);
    }

    @Test
    void believesATokenForAMinuteHoweverLongItIsGoodFor(KeycloakServer keycloak) {
        keycloak.realm().addPerson("minute-rita", "requester");
        App app = App.ofTheApi(keycloak);
        JsonNode tokens = app.tokensOf("minute-rita");
        String token = text(tokens, "access_token");
        assertThat(status(token)).isEqualTo(200);

        keycloak.realm().enable("minute-rita", false);
        clock.jump(Duration.ofSeconds(61));

        assertThat(status(token)).isEqualTo(401);
        assertThat(app.refresh(tokens)).as("nor does Keycloak give another").isEqualTo(400);
    }

    private static int status(String token) {
        return BearerClient.with(token).get(SERVICES).status();
    }

    private static String text(JsonNode answer, String field) {
        return answer.get(field).asText();
    }

    private static String anyKey() {
        return "k" + UUID.randomUUID().toString().substring(0, 8);
    }
}
