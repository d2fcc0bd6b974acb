package io.gatehouse.access.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpMethod;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.stereotype.Component;

/** What a browser takes to Keycloak: a state and a nonce that only its session knows, and the hash of a proof key. */
@Component
@Profile("keycloak")
class AuthorizationRequests implements OAuth2AuthorizationRequestResolver {

    static final RequestMatcher BEGIN =
            PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, KeycloakSignIn.BEGIN);

    private final DefaultOAuth2AuthorizationRequestResolver standard;

    AuthorizationRequests(ClientRegistrationRepository clients) {
        standard = new DefaultOAuth2AuthorizationRequestResolver(clients, "/oauth2/authorization");
        standard.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
        return BEGIN.matches(request) ? standard.resolve(request) : null;
    }

    @Override
    public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String client) {
        return standard.resolve(request, client);
    }
}
