package io.gatehouse.access.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.testing.KeycloakServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A program on somebody's own machine that calls the API for them: an app with a proof key and no secret. */
final class App {

    private static final URI BACK = URI.create("http://127.0.0.1/app-of-a-test");
    private static final String PROOF_KEY = "a-proof-key-of-a-test-that-is-long-enough-for-the-standard";

    private final KeycloakServer keycloak;
    private final String client;

    private App(KeycloakServer keycloak, String client) {
        this.keycloak = keycloak;
        this.client = client;
    }

    /** One whose tokens are meant for the API. */
    static App ofTheApi(KeycloakServer keycloak) {
        return with(keycloak, "app-of-the-api", "basic", "profile", "groups", "gatehouse-api");
    }

    static App with(KeycloakServer keycloak, String client, String... scopes) {
        if (keycloak.realm().admin("GET", "/clients?clientId=" + client, null).isEmpty()) {
            keycloak.realm().addApp(client, BACK.toString(), List.of(scopes));
        }
        return new App(keycloak, client);
    }

    /** All tokens that Keycloak gives for a person who signs in now. */
    JsonNode tokensOf(String name) {
        WireBrowser browser = new WireBrowser();
        WireBrowser.Answer page = browser.visit(URI.create(keycloak.issuer()
                + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id=" + client + "&redirect_uri="
                + BACK + "&code_challenge_method=S256&code_challenge=" + challenge()));
        WireBrowser.Answer back = browser.follow(
                browser.logIn(page, name), location -> location.getPath().equals(BACK.getPath()));
        String code = back.location().getRawQuery().replaceFirst("(?:.*&)?code=([^&]+).*", "$1");
        return keycloak.realm()
                .token(Map.of(
                        "grant_type", "authorization_code",
                        "client_id", client,
                        "redirect_uri", BACK.toString(),
                        "code_verifier", PROOF_KEY,
                        "code", code))
                .expect(200);
    }

    String tokenOf(String name) {
        return tokensOf(name).get("access_token").asText();
    }

    /** Asks for new tokens with an old one; the status of the answer. */
    int refresh(JsonNode tokens) {
        return keycloak.realm()
                .token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "client_id",
                        client,
                        "refresh_token",
                        tokens.get("refresh_token").asText()))
                .status();
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(PROOF_KEY.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
