package io.gatehouse.access.keycloak;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers with a problem whoever is refused at the sign-in for another reason than a bad token. */
final class RefusalsOfBearers extends OncePerRequestFilter {

    private final HandlerExceptionResolver refusals;

    RefusalsOfBearers(HandlerExceptionResolver refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ProblemException refusal) {
            if (refusals.resolveException(request, response, null, refusal) == null) {
                throw refusal;
            }
        }
    }
}
