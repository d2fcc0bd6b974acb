package io.gatehouse.access.keycloak;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * What a well-signed token must say to be an access token for this API, of this realm, now (RFC 8725, RFC 9068).
 * Everything is asked for; what is missing is wrong.
 */
final class AccessTokenRules implements OAuth2TokenValidator<Jwt> {

    /** How far the clocks of Keycloak and Gatehouse may be apart. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    /** What Keycloak writes. Anything else is an instruction to us: where keys are, which extension to understand. */
    private static final Set<String> HEADERS = Set.of("alg", "typ", "kid");

    private static final OAuth2Error REFUSED =
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "Not an access token for this API", null);

    private final KeycloakProperties keycloak;
    private final Clock clock;

    AccessTokenRules(KeycloakProperties keycloak, Clock clock) {
        this.keycloak = keycloak;
        this.clock = clock;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        boolean good = hasOurHeaders(token)
                && keycloak.issuer().toString().equals(token.getClaimAsString("iss"))
                && audience(token).contains(keycloak.audience())
                && "Bearer".equals(token.getClaim("typ")) // an ID token says "ID" here, a refresh token "Refresh"
                && isText(token.getClaim("azp"))
                && isText(token.getClaim("sub"))
                && isNow(token);
        return good ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(REFUSED);
    }

    private static boolean hasOurHeaders(Jwt token) {
        return token.getHeaders().keySet().equals(HEADERS);
    }

    private static List<String> audience(Jwt token) {
        return token.getAudience() == null ? List.of() : token.getAudience();
    }

    private static boolean isText(Object claim) {
        return claim instanceof String text && !text.isBlank();
    }

    /** Believed for a short time only, however long it says it is good for: its person may have been disabled since. */
    private boolean isNow(Jwt token) {
        Instant issued = token.getIssuedAt();
        Instant expires = token.getExpiresAt();
        if (issued == null || expires == null) {
            return false;
        }
        Instant now = clock.instant();
        Instant start = token.getNotBefore() == null ? issued : token.getNotBefore();
        return !issued.isAfter(now.plus(CLOCK_SKEW))
                && !start.isAfter(now.plus(CLOCK_SKEW))
                && now.isBefore(expires.plus(CLOCK_SKEW))
                && now.isBefore(issued.plus(keycloak.believedFor()));
    }
}
