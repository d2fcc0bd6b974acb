package io.gatehouse.access.keycloak;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A person who signed in at Keycloak, with what it takes to ask Keycloak about them again. Never leaves the server. */
final class KeycloakSession extends OAuth2AuthenticationToken {

    private final OAuth2AccessToken accessToken;
    private final @Nullable OAuth2RefreshToken refreshToken;

    KeycloakSession(
            OidcUser person,
            Collection<? extends GrantedAuthority> authorities,
            OAuth2AccessToken accessToken,
            @Nullable OAuth2RefreshToken refreshToken) {
        super(person, authorities, KeycloakConfiguration.REGISTRATION);
        this.accessToken = accessToken;
        this.refreshToken = refreshToken;
    }

    static KeycloakSession begun(OAuth2LoginAuthenticationToken login) {
        OidcUser person = (OidcUser) Objects.requireNonNull(login.getPrincipal());
        return new KeycloakSession(person, person.getAuthorities(), login.getAccessToken(), login.getRefreshToken());
    }

    OidcUser person() {
        return (OidcUser) getPrincipal();
    }

    OAuth2AccessToken accessToken() {
        return accessToken;
    }

    @Nullable
    OAuth2RefreshToken refreshToken() {
        return refreshToken;
    }
}
