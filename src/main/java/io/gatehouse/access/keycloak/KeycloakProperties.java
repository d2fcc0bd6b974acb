package io.gatehouse.access.keycloak;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the Keycloak is and what Gatehouse is called there.
 *
 * @param issuer address of the realm, the very one that tokens name as their issuer
 * @param audience what the access tokens for the API must be meant for
 * @param clientId the client with which people sign in, and its secret
 * @param identityClientId the client with which people and groups are looked up, and its secret
 * @param believedFor for how long an access token and what Keycloak said of a person are believed; a person who is
 *     disabled or leaves a group is out after this time
 */
@ConfigurationProperties("gatehouse.keycloak")
record KeycloakProperties(
        URI issuer,
        String audience,
        String clientId,
        String clientSecret,
        String identityClientId,
        String identitySecret,
        @DefaultValue("60s") Duration believedFor) {

    /** Keycloak's layout below a realm is fixed, so nothing has to be asked for at start, when it may be down. */
    URI endpoint(String name) {
        return URI.create(issuer + "/protocol/openid-connect/" + name);
    }

    URI administration() {
        return URI.create(issuer.toString().replace("/realms/", "/admin/realms/"));
    }
}
