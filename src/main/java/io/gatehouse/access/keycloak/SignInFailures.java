package io.gatehouse.access.keycloak;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;

/**
 * Tells on the sign-in page why a way back from Keycloak ended there. The page asks before it sends anybody to Keycloak
 * again, so nobody goes round in circles; the sentence is in the session, so that no link can put words into it.
 */
final class SignInFailures implements AuthenticationFailureHandler {

    /** Where in the session the sentence is. */
    static final String SENTENCE = SignInFailures.class.getName() + ".sentence";

    private static final int MOST_SAID = 200;
    private static final Logger LOG = LoggerFactory.getLogger(SignInFailures.class);

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (isOutage(failure)) {
            throw Unreachable.problem();
        }
        request.getSession().setAttribute(SENTENCE, sentence(failure));
        response.sendRedirect("/sign-in?refused");
    }

    private static String sentence(AuthenticationException failure) {
        String code = failure instanceof OAuth2AuthenticationException known
                ? known.getError().getErrorCode()
                : "";
        return switch (code) {
            case KeycloakUsers.REFUSED -> String.valueOf(failure.getMessage());
            case OAuth2ErrorCodes.ACCESS_DENIED -> "Keycloak did not let you in. Ask its administrators if it should.";
            case OAuth2ErrorCodes.TEMPORARILY_UNAVAILABLE -> "The sign-in took too long. Try it again.";
            case "authorization_request_not_found",
                    "invalid_state_parameter",
                    "invalid_nonce" -> "This sign-in did not begin in this browser, or is over. Try it again.";
            default -> unexpected(code, failure);
        };
    }

    private static String unexpected(String code, AuthenticationException failure) {
        // The words are of whoever wrote the address: Keycloak, or somebody else.
        LOG.warn("A sign-in failed on the way back from Keycloak: {}", shortened(code + " " + failure.getMessage()));
        return "Gatehouse could not complete the sign-in. Try it again, and tell your administrator if it stays so.";
    }

    private static String shortened(String words) {
        return words.substring(0, Math.min(words.length(), MOST_SAID));
    }

    /** Keycloak, which had just shown its page, does not answer to us. */
    private static boolean isOutage(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceAccessException
                    || cause instanceof HttpServerErrorException
                    || cause instanceof JwtException && !(cause instanceof BadJwtException)) {
                return true;
            }
        }
        return false;
    }
}
