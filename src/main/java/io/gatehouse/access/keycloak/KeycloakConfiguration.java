package io.gatehouse.access.keycloak;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What exists only where people sign in at a Keycloak. */
@Configuration
@Profile("keycloak")
@EnableConfigurationProperties(KeycloakProperties.class)
class KeycloakConfiguration {

    @Bean
    JwtDecoder accessTokens(KeycloakProperties keycloak, Clock clock) {
        return new AccessTokens(keycloak, clock);
    }
}
