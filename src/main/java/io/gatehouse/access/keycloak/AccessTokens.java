package io.gatehouse.access.keycloak;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.CachingJWKSetSource.RefreshCompletedEvent;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Reads the access tokens that come with calls of the API. They are checked with the realm's public keys, which are
 * fetched when first needed, kept for a minute, and kept longer while Keycloak cannot be reached; a key nobody has seen
 * yet makes them be fetched again, but not more often than every ten seconds.
 */
final class AccessTokens implements JwtDecoder {

    /** No secret is shared with Keycloak, so no symmetric algorithm: a public key could be passed off as its secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.PS256);

    private static final int LONGEST = 8 * 1024;
    private static final int TIMEOUT_MILLIS = 3000;
    private static final int MOST_BYTES_OF_KEYS = 100 * 1024;
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final Duration KEPT_IN_AN_OUTAGE = Duration.ofMinutes(30);
    private static final Duration ASKED_AT_MOST_EVERY = Duration.ofSeconds(10);

    private final NimbusJwtDecoder decoder;
    private volatile boolean sawKeys;

    AccessTokens(KeycloakProperties keycloak, Clock clock) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(keycloak)));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // said once, in the rules
        decoder = new NimbusJwtDecoder(processor);
        // Compared letter by letter: as an address it would be told in another way than it was written.
        decoder.setClaimSetConverter(MappedJwtClaimSetConverter.withDefaults(Map.of("iss", issuer -> issuer)));
        decoder.setJwtValidator(new AccessTokenRules(keycloak, clock));
    }

    private JWKSource<SecurityContext> keys(KeycloakProperties keycloak) {
        try {
            return JWKSourceBuilder.create(
                            keycloak.endpoint("certs").toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES_OF_KEYS))
                    .cache(
                            KEPT.toMillis(),
                            3L * TIMEOUT_MILLIS,
                            event -> sawKeys |= event instanceof RefreshCompletedEvent)
                    .rateLimited(ASKED_AT_MOST_EVERY.toMillis())
                    .outageTolerant(KEPT_IN_AN_OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("gatehouse.keycloak.issuer is no address", e);
        }
    }

    /**
     * Reads a token.
     *
     * @throws BadJwtException if it proves nothing
     * @throws JwtException if that cannot be told, because Keycloak does not answer
     */
    @Override
    public Jwt decode(String token) {
        if (token.length() > LONGEST) {
            throw new BadJwtException("Longer than any token of Keycloak");
        }
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            throw sawKeys && isAboutAnUnknownKey(e) ? new BadJwtException("Signed with a key nobody knows", e) : e;
        }
    }

    /** The keys came a moment ago, and it is not among them. */
    private static boolean isAboutAnUnknownKey(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return true;
            }
        }
        return false;
    }
}
