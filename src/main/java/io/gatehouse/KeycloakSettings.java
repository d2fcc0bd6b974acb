package io.gatehouse;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** What must be set, and how, where people sign in at a Keycloak. */
final class KeycloakSettings {

    private static final int SHORTEST_SECRET = 16;
    private static final Set<String> WELL_KNOWN =
            Set.of("secret", "password", "changeme", "change-me", "keycloak", "gatehouse", "default", "admin");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private KeycloakSettings() {}

    static String trouble(Environment settings) {
        if (!settings.acceptsProfiles(Profiles.of("keycloak"))) {
            return "";
        }
        if (settings.acceptsProfiles(Profiles.of("sample"))) {
            return "the profiles 'sample' and 'keycloak' exclude each other; sample people have no account in a Keycloak.";
        }
        if (settings.containsProperty("camunda.bpm.admin-user.id")) {
            return "with a Keycloak there is no camunda.bpm.admin-user; remove it.";
        }
        if (value(settings, "audience").isBlank()) {
            return "gatehouse.keycloak.audience is empty; without it any token of the realm would open the API. "
                    + "Leave it out to have gatehouse-api.";
        }
        String trouble = issuer(value(settings, "issuer"));
        trouble = trouble.isEmpty() ? secret(settings, "client-secret", "GATEHOUSE_KEYCLOAK_CLIENT_SECRET") : trouble;
        return trouble.isEmpty() ? secret(settings, "identity-secret", "GATEHOUSE_KEYCLOAK_IDENTITY_SECRET") : trouble;
    }

    private static String issuer(String issuer) {
        URI address = parsed(issuer);
        if (address.getHost() == null || !issuer.contains("/realms/") || issuer.endsWith("/")) {
            return "gatehouse.keycloak.issuer must be the address of a realm, as https://keycloak.example.com/realms/"
                    + "gatehouse; set GATEHOUSE_KEYCLOAK_ISSUER.";
        }
        boolean safe = "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && LOOPBACK.contains(address.getHost());
        return safe
                ? ""
                : "gatehouse.keycloak.issuer must begin with https://; over plain http anybody on the way could make up "
                        + "people.";
    }

    private static URI parsed(String issuer) {
        try {
            return URI.create(issuer);
        } catch (IllegalArgumentException e) {
            return URI.create("");
        }
    }

    private static String secret(Environment settings, String name, String variable) {
        String secret = value(settings, name);
        boolean guessable = secret.length() < SHORTEST_SECRET
                || WELL_KNOWN.contains(secret.toLowerCase(Locale.ROOT))
                || secret.chars().distinct().count() < 5;
        return guessable
                ? "gatehouse.keycloak." + name + " is missing or can be guessed; set " + variable + " to the secret of "
                        + "the client in Keycloak, made with 'openssl rand -hex 32'."
                : "";
    }

    /** A placeholder that nobody replaced is no value, and what Keycloak was given for one neither. */
    private static String value(Environment settings, String name) {
        try {
            return settings.getProperty("gatehouse.keycloak." + name, "");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
