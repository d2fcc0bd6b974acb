package io.gatehouse.access.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Ends the session at Keycloak along with ours, and with it those of everything else that was opened by it. Said from
 * server to server, because the way through the browser would show it a token.
 */
@Component
@Profile("keycloak")
class SignOutEverywhere implements LogoutHandler, LogoutSuccessHandler {

    private static final Logger LOG = LoggerFactory.getLogger(SignOutEverywhere.class);
    private static final String ENDED = SignOutEverywhere.class.getName() + ".ended";

    private final KeycloakProperties keycloak;
    private final RestClient client;

    SignOutEverywhere(KeycloakProperties keycloak) {
        this.keycloak = keycloak;
        this.client =
                RestClient.builder().requestFactory(KeycloakRequests.factory()).build();
    }

    @Override
    public void logout(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication) {
        if (authentication instanceof KeycloakSession session) {
            request.setAttribute(ENDED, ends(session));
        }
    }

    private boolean ends(KeycloakSession session) {
        OAuth2RefreshToken refreshToken = session.refreshToken();
        if (refreshToken == null) {
            return false;
        }
        MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
        form.add(OAuth2ParameterNames.CLIENT_ID, keycloak.clientId());
        form.add(OAuth2ParameterNames.CLIENT_SECRET, keycloak.clientSecret());
        form.add(OAuth2ParameterNames.REFRESH_TOKEN, refreshToken.getTokenValue());
        try {
            client.post()
                    .uri(keycloak.endpoint("logout"))
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .body(form)
                    .retrieve()
                    .toBodilessEntity();
            return true;
        } catch (HttpClientErrorException.BadRequest e) {
            return true; // there is no such session any more
        } catch (RestClientException e) {
            LOG.warn("The session of {} may go on at Keycloak: {}", session.getName(), e.getMessage());
            return false;
        }
    }

    @Override
    public void onLogoutSuccess(
            HttpServletRequest request, HttpServletResponse response, @Nullable Authentication authentication)
            throws IOException {
        boolean goesOn = Boolean.FALSE.equals(request.getAttribute(ENDED));
        response.sendRedirect(goesOn ? "/sign-in?signed-out-here" : "/sign-in?signed-out");
    }
}
