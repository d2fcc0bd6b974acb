package io.gatehouse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The realm of a test's Keycloak as its administrator sees it: people, groups, clients and their tokens. */
public final class KeycloakRealm {

    static final String ADMINISTRATOR = "keycloak-administrator";

    /** Everybody's password. */
    public static final String PASSWORD = "correct-horse-battery";

    private static final String ADMIN = "/admin/realms/gatehouse";
    private static final String TOKEN = "/realms/gatehouse/protocol/openid-connect/token";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI address;
    private final String administrator;

    KeycloakRealm(URI address, String administrator) {
        this.address = address;
        this.administrator = administrator;
    }

    /** Creates a person who can sign in at once. */
    public void addPerson(String name, String... groups) {
        admin(
                "POST",
                "/users",
                Map.of(
                        "username",
                        name,
                        "firstName",
                        name,
                        "lastName",
                        "Test",
                        "email",
                        name + "@gatehouse.invalid",
                        "enabled",
                        true,
                        "groups",
                        Arrays.stream(groups).map(group -> "/" + group).toList(),
                        "credentials",
                        List.of(Map.of("type", "password", "value", PASSWORD))));
    }

    /** Deletes a person; their name may come again as somebody else's. */
    public void remove(String name) {
        admin("DELETE", "/users/" + idOf(name), null);
    }

    public void rename(String name, String to) {
        admin("PUT", "/users/" + idOf(name), Map.of("username", to));
    }

    public void enable(String name, boolean enabled) {
        admin("PUT", "/users/" + idOf(name), Map.of("enabled", enabled));
    }

    public void join(String name, String group) {
        admin("PUT", membership(name, group), Map.of());
    }

    public void leave(String name, String group) {
        admin("DELETE", membership(name, group), null);
    }

    private String membership(String name, String group) {
        String id = admin("GET", "/group-by-path/" + group, null).get("id").asText();
        return "/users/" + idOf(name) + "/groups/" + id;
    }

    private String idOf(String name) {
        return admin("GET", "/users?exact=true&username=" + name, null)
                .get(0)
                .get("id")
                .asText();
    }

    /**
     * Creates a client as an operator does for a pipeline.
     *
     * @param scopes the client scopes its tokens get
     * @param groups the groups its service account is in
     */
    public void addPipeline(String client, List<String> scopes, String... groups) {
        admin(
                "POST",
                "/clients",
                Map.of(
                        "clientId", client,
                        "secret", secretOf(client),
                        "standardFlowEnabled", false,
                        "directAccessGrantsEnabled", false,
                        "serviceAccountsEnabled", true,
                        "fullScopeAllowed", false,
                        "defaultClientScopes", scopes));
        Arrays.stream(groups).forEach(group -> join("service-account-" + client, group));
    }

    /** Asks for a token as a pipeline does: client credentials grant. */
    public String tokenOf(String client) {
        return token(Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", secretOf(client)))
                .expect(200)
                .get("access_token")
                .asText();
    }

    /**
     * Creates a client with which people call the API from their own machine: no secret, but a proof key.
     *
     * @param scopes the client scopes its tokens get
     */
    public void addApp(String client, String back, List<String> scopes) {
        admin(
                "POST",
                "/clients",
                Map.of(
                        "clientId",
                        client,
                        "publicClient",
                        true,
                        "standardFlowEnabled",
                        true,
                        "directAccessGrantsEnabled",
                        false,
                        "fullScopeAllowed",
                        false,
                        "redirectUris",
                        List.of(back),
                        "attributes",
                        Map.of("pkce.code.challenge.method", "S256"),
                        "defaultClientScopes",
                        scopes));
    }

    /** How many sessions of a person go on. */
    public int sessionsOf(String name) {
        return admin("GET", "/users/" + idOf(name) + "/sessions", null).size();
    }

    /** Ends all sessions of a person, as an administrator does. */
    public void endSessionsOf(String name) {
        admin("POST", "/users/" + idOf(name) + "/logout", null);
    }

    private static String secretOf(String client) {
        return client + "-secret-of-a-test";
    }

    /** Calls the realm's token endpoint. */
    public ApiClient.Answer token(Map<String, String> form) {
        return call("POST", TOKEN, form(form), "application/x-www-form-urlencoded", "");
    }

    /** Calls the administration of the realm; {@code path} begins after the realm. */
    public JsonNode admin(String method, String path, @Nullable Object body) {
        ApiClient.Answer answer = call(
                method, ADMIN + path, body == null ? "" : json(body), "application/json", "Bearer " + adminToken());
        if (answer.status() >= 300) {
            throw new IllegalStateException(method + " " + path + " failed: " + answer);
        }
        return answer.body();
    }

    private String adminToken() {
        Map<String, String> form = Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMINISTRATOR,
                "password",
                administrator);
        return call("POST", TOKEN.replace("gatehouse", "master"), form(form), "application/x-www-form-urlencoded", "")
                .expect(200)
                .get("access_token")
                .asText();
    }

    private ApiClient.Answer call(String method, String path, String body, String type, String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            JsonNode read = JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
            return new ApiClient.Answer(answer.statusCode(), read, answer.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path + " was interrupted", e);
        }
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
