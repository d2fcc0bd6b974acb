package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.access.Roles;
import io.gatehouse.testing.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the realm that comes with the product promises, read from its file; a Keycloak imports it in other tests. */
class RealmExportTests {

    private final JsonNode realm = read(KeycloakServer.REALM);

    @Test
    void hasEveryRoleAsAGroupOfTheSameNameAtTheTop() {
        assertThat(all(realm.get("groups")).map(group -> group.get("name").asText()))
                .containsExactlyElementsOf(Roles.ALL);
        assertThat(all(realm.get("groups")).filter(group -> group.has("subGroups")))
                .isEmpty();
    }

    @Test
    void closesEveryWayToATokenButTheTwoInUse() {
        assertThat(clients()).allSatisfy(client -> {
            assertThat(client.get("directAccessGrantsEnabled").asBoolean())
                    .as("password grant")
                    .isFalse();
            assertThat(client.get("implicitFlowEnabled").asBoolean())
                    .as("implicit")
                    .isFalse();
            assertThat(attribute(client, "standard.token.exchange.enabled")).isEqualTo("false");
            assertThat(attribute(client, "oauth2.device.authorization.grant.enabled"))
                    .isEqualTo("false");
            assertThat(attribute(client, "oidc.ciba.grant.enabled")).isEqualTo("false");
            assertThat(client.get("fullScopeAllowed").asBoolean()).isFalse();
        });
        assertThat(clients().filter(client -> client.get("standardFlowEnabled").asBoolean()))
                .extracting(RealmExportTests::id)
                .containsExactlyInAnyOrder("gatehouse", "account-console");
        assertThat(clients()
                        .filter(client -> client.get("serviceAccountsEnabled").asBoolean()))
                .extracting(RealmExportTests::id)
                .containsExactly("gatehouse-identity");
    }

    @Test
    void writesDownTheClientsKeycloakWouldOtherwiseCreateWithWeakerSettings() {
        assertThat(clients())
                .extracting(RealmExportTests::id)
                .contains("account", "account-console", "admin-cli", "security-admin-console");
        assertThat(client("admin-cli").get("enabled").asBoolean()).isFalse();
        assertThat(client("security-admin-console").get("enabled").asBoolean()).isFalse();
    }

    @Test
    void sendsPeopleBackToExactAddressesOnly() {
        assertThat(clients().flatMap(client -> all(client.get("redirectUris"))))
                .extracting(JsonNode::asText)
                .isNotEmpty()
                .noneMatch(address -> address.contains("*"))
                .contains("${GATEHOUSE_URL}/login/oauth2/code/keycloak");
        assertThat(clients().map(client -> attribute(client, "post.logout.redirect.uris")))
                .containsOnly("${GATEHOUSE_URL}/sign-in?signed-out", "");
        assertThat(clients().flatMap(client -> all(client.get("webOrigins")))).isEmpty();
    }

    @Test
    void asksThePagesForProofKeyAndSecret() {
        JsonNode pages = client("gatehouse");

        assertThat(pages.get("publicClient").asBoolean()).isFalse();
        assertThat(attribute(pages, "pkce.code.challenge.method")).isEqualTo("S256");
    }

    @Test
    void holdsNoSecret() {
        assertThat(realm.findValuesAsText("secret"))
                .containsExactlyInAnyOrder("${GATEHOUSE_CLIENT_SECRET}", "${GATEHOUSE_IDENTITY_SECRET}");
        assertThat(realm.findValues("credentials")).isEmpty();
        assertThat(realm.findValues("privateKey")).isEmpty();
    }

    @Test
    void letsGatehouseLookPeopleUpAndNothingElse() {
        assertThat(all(realm.get("users"))).singleElement().satisfies(account -> {
            assertThat(account.get("serviceAccountClientId").asText()).isEqualTo("gatehouse-identity");
            assertThat(account.get("clientRoles"))
                    .isEqualTo(json("{'realm-management': ['query-groups', 'query-users', 'view-users']}"));
        });
    }

    @Test
    void givesTheAudienceOfTheApiOnlyToClientsThatAskForIt() {
        JsonNode audience = scope("gatehouse-api").get("protocolMappers").get(0);

        assertThat(audience.get("protocolMapper").asText()).isEqualTo("oidc-audience-mapper");
        assertThat(audience.at("/config/included.custom.audience").asText()).isEqualTo("gatehouse-api");
        assertThat(audience.at("/config/id.token.claim").asText()).isEqualTo("false");
        assertThat(texts(realm.get("defaultDefaultClientScopes"))).doesNotContain("gatehouse-api");
        assertThat(clients().flatMap(client -> texts(client.get("defaultClientScopes")).stream()))
                .doesNotContain("gatehouse-api");
    }

    @Test
    void tellsGroupsByTheirFullPath() {
        JsonNode groups = scope("groups").get("protocolMappers").get(0);

        assertThat(groups.get("protocolMapper").asText()).isEqualTo("oidc-group-membership-mapper");
        assertThat(groups.at("/config/full.path").asText()).isEqualTo("true");
        assertThat(groups.at("/config/claim.name").asText()).isEqualTo("groups");
    }

    @Test
    void keepsTokensShortPasswordsHardToGuessAndNamesUnchanged() {
        assertThat(realm.get("accessTokenLifespan").asInt()).isBetween(30, 60);
        assertThat(realm.get("bruteForceProtected").asBoolean()).isTrue();
        assertThat(realm.get("failureFactor").asInt()).isLessThanOrEqualTo(10);
        assertThat(realm.get("editUsernameAllowed").asBoolean()).isFalse();
        assertThat(realm.get("registrationAllowed").asBoolean()).isFalse();
        assertThat(realm.get("loginWithEmailAllowed").asBoolean()).isFalse();
        assertThat(realm.get("rememberMe").asBoolean()).isFalse();
        assertThat(realm.get("sslRequired").asText()).isEqualTo("external");
        assertThat(realm.get("passwordPolicy").asText()).contains("length(12)");
    }

    @Test
    void belongsToTheVersionThatIsTested() throws IOException {
        assertThat(Files.readString(Path.of("docker/compose.yaml"))).contains("keycloak:" + KeycloakServer.VERSION);
    }

    private Stream<JsonNode> clients() {
        return all(realm.get("clients"));
    }

    private JsonNode client(String id) {
        return clients().filter(client -> id(client).equals(id)).findFirst().orElseThrow();
    }

    private JsonNode scope(String name) {
        return all(realm.get("clientScopes"))
                .filter(scope -> scope.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static String id(JsonNode client) {
        return client.get("clientId").asText();
    }

    private static String attribute(JsonNode client, String name) {
        return client.get("attributes").path(name).asText("");
    }

    private static Stream<JsonNode> all(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static List<String> texts(JsonNode array) {
        return all(array).map(JsonNode::asText).toList();
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
