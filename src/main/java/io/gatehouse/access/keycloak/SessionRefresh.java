package io.gatehouse.access.keycloak;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.stereotype.Component;

/**
 * Asks Keycloak again about somebody who signed in a while ago, with their refresh token: it is good only while the
 * account is enabled and the session at Keycloak goes on, and brings the groups of now.
 */
@Component
@Profile("keycloak")
class SessionRefresh {

    private static final Logger LOG = LoggerFactory.getLogger(SessionRefresh.class);

    private final RestClientRefreshTokenTokenResponseClient keycloak;
    private final ClientRegistration client;
    private final JwtDecoder idTokens;
    private final KeycloakUsers users;

    SessionRefresh(
            ClientRegistrationRepository clients, JwtDecoderFactory<ClientRegistration> idTokens, KeycloakUsers users) {
        this.client = clients.findByRegistrationId(KeycloakConfiguration.REGISTRATION);
        this.idTokens = idTokens.createDecoder(client);
        this.users = users;
        this.keycloak = new RestClientRefreshTokenTokenResponseClient();
        keycloak.setRestClient(KeycloakRequests.forTokens());
    }

    /**
     * The person with their groups of now, or nobody if their time here is over.
     *
     * @throws io.gatehouse.api.ProblemException if Keycloak does not answer
     */
    Optional<Authentication> refresh(KeycloakSession session) {
        OAuth2RefreshToken refreshToken = session.refreshToken();
        if (refreshToken == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(again(session, refreshToken));
        } catch (RefusedPerson | BadJwtException refused) {
            LOG.info("The session of {} ends: {}", session.getName(), refused.getMessage());
            return Optional.empty();
        } catch (JwtException e) {
            throw Unreachable.problem();
        } catch (OAuth2AuthorizationException e) {
            if (!OAuth2ErrorCodes.INVALID_GRANT.equals(e.getError().getErrorCode())) {
                LOG.warn("Keycloak does not say whether {} may go on: {}", session.getName(), e.getMessage());
                throw Unreachable.problem();
            }
            LOG.info("The session of {} ends: Keycloak has ended it", session.getName());
            return Optional.empty();
        }
    }

    private Authentication again(KeycloakSession session, OAuth2RefreshToken refreshToken) {
        OAuth2AccessTokenResponse answer = keycloak.getTokenResponse(
                new OAuth2RefreshTokenGrantRequest(client, session.accessToken(), refreshToken));
        if (!(answer.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String idToken)) {
            throw new BadJwtException("No ID token came with the refreshed session");
        }
        Jwt token = idTokens.decode(idToken);
        if (!token.getSubject().equals(session.person().getSubject())) {
            throw new BadJwtException("The refreshed session is another person's");
        }
        OidcUser person =
                users.admit(new OidcIdToken(idToken, token.getIssuedAt(), token.getExpiresAt(), token.getClaims()));
        return new KeycloakSession(person, person.getAuthorities(), answer.getAccessToken(), answer.getRefreshToken());
    }
}
