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
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.MappedJwtClaimSetConverter;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.stereotype.Component;

/**
 * The realm's public keys, with which its tokens are checked. They are fetched when first needed, kept for a minute, and
 * kept longer while Keycloak cannot be reached; a key nobody has seen yet makes them be fetched again, but not more often
 * than every ten seconds.
 */
@Component
@Profile("keycloak")
class RealmKeys {

    /** No secret is shared with Keycloak, so no symmetric algorithm: a public key could be passed off as its secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.PS256);

    private static final int LONGEST_TOKEN = 8 * 1024;
    private static final int MOST_BYTES = 100 * 1024;
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final Duration KEPT_IN_AN_OUTAGE = Duration.ofMinutes(30);
    private static final Duration ASKED_AT_MOST_EVERY = Duration.ofSeconds(10);

    private final JWKSource<SecurityContext> keys;
    private volatile boolean seen;

    RealmKeys(KeycloakProperties keycloak) {
        int timeout = (int) KeycloakRequests.TIMEOUT.toMillis();
        try {
            keys = JWKSourceBuilder.create(
                            keycloak.endpoint("certs").toURL(),
                            new DefaultResourceRetriever(timeout, timeout, MOST_BYTES))
                    .cache(KEPT.toMillis(), 3L * timeout, event -> seen |= event instanceof RefreshCompletedEvent)
                    .rateLimited(ASKED_AT_MOST_EVERY.toMillis())
                    .outageTolerant(KEPT_IN_AN_OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("gatehouse.keycloak.issuer is no address", e);
        }
    }

    /**
     * A reader of tokens that these keys signed and that keep the rules. What it throws is a {@link BadJwtException} if a
     * token proves nothing, and any other {@link JwtException} if that cannot be told, because Keycloak does not answer.
     */
    JwtDecoder reader(OAuth2TokenValidator<Jwt> rules) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // said once, in the rules
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        // Compared letter by letter: as an address it would be told in another way than it was written.
        decoder.setClaimSetConverter(MappedJwtClaimSetConverter.withDefaults(Map.of("iss", issuer -> issuer)));
        decoder.setJwtValidator(rules);
        return token -> read(decoder, token);
    }

    private Jwt read(JwtDecoder decoder, String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw new BadJwtException("Longer than any token of Keycloak");
        }
        try {
            return decoder.decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            throw seen && isAboutAnUnknownKey(e) ? new BadJwtException("Signed with a key nobody knows", e) : e;
        }
    }

    /** The keys came a moment ago, and it is not among them. */
    private static boolean isAboutAnUnknownKey(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return true;
            }
        }
        return false;
    }
}
