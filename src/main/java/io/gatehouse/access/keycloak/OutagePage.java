package io.gatehouse.access.keycloak;

import io.gatehouse.access.WebappProblem;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows a page while Keycloak does not answer, instead of sending people to where nobody is. What the web applications
 * ask in between is told by a problem as ever.
 */
final class OutagePage extends OncePerRequestFilter {

    private static final String CALLS = "/camunda/api/";

    private final KeycloakReached reached;

    OutagePage(KeycloakReached reached) {
        this.reached = reached;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (AuthorizationRequests.BEGIN.matches(request)) {
                reached.require();
            }
            chain.doFilter(request, response);
        } catch (ProblemException trouble) {
            if (!isOutage(trouble) || response.isCommitted()) {
                throw trouble;
            }
            tell(trouble, request, response);
        }
    }

    private static void tell(ProblemException trouble, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (trouble.retryAfter() != null) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(trouble.retryAfter().toSeconds()));
        }
        if (request.getRequestURI().startsWith(CALLS)) {
            WebappProblem.write(trouble.problem(), response);
        } else {
            response.sendError(trouble.problem().status());
        }
    }

    private static boolean isOutage(ProblemException trouble) {
        return trouble.problem().status() == HttpStatus.SERVICE_UNAVAILABLE.value();
    }
}
