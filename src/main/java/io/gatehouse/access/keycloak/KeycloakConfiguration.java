package io.gatehouse.access.keycloak;

import java.time.Clock;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;

/** What exists only where people sign in at a Keycloak. */
@Configuration
@Profile("keycloak")
@EnableConfigurationProperties(KeycloakProperties.class)
class KeycloakConfiguration {

    static final String REGISTRATION = "keycloak";

    /** Of the access tokens that come with calls of the API. */
    @Bean
    JwtDecoder accessTokens(RealmKeys keys, KeycloakProperties keycloak, Clock clock) {
        return keys.reader(new AccessTokenRules(keycloak, clock));
    }

    /** Of the ID tokens that come with a sign-in. */
    @Bean
    JwtDecoderFactory<ClientRegistration> idTokens(RealmKeys keys) {
        return client -> keys.reader(idTokenRules(client));
    }

    private static OAuth2TokenValidator<Jwt> idTokenRules(ClientRegistration client) {
        OidcIdTokenValidator standard = new OidcIdTokenValidator(client);
        standard.setClockSkew(AccessTokenRules.CLOCK_SKEW);
        return new DelegatingOAuth2TokenValidator<>(standard, new JwtClaimValidator<>("typ", "ID"::equals));
    }

    /** Written out: discovery would ask Keycloak while Gatehouse starts, and it may be down then. */
    @Bean
    ClientRegistrationRepository clientOfThePages(KeycloakProperties keycloak) {
        return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId(REGISTRATION)
                .clientId(keycloak.clientId())
                .clientSecret(keycloak.clientSecret())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("{baseUrl}/login/oauth2/code/" + REGISTRATION)
                .scope(OidcScopes.OPENID)
                .issuerUri(keycloak.issuer().toString())
                .authorizationUri(keycloak.endpoint("auth").toString())
                .tokenUri(keycloak.endpoint("token").toString())
                .jwkSetUri(keycloak.endpoint("certs").toString())
                .userNameAttributeName(StandardClaimNames.PREFERRED_USERNAME)
                .providerConfigurationMetadata(Map.of(
                        "end_session_endpoint", keycloak.endpoint("logout").toString()))
                .build());
    }
}
