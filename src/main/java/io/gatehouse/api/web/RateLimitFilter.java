package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds every caller to a rate of requests, each node for itself. */
class RateLimitFilter extends OncePerRequestFilter {

    private final TokenBuckets requests;

    RateLimitFilter(TokenBuckets requests) {
        this.requests = requests;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration pause = requests.take(callerOf(request));
        if (!pause.isZero()) {
            throw ProblemException.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "too-many-requests",
                            "Too many requests",
                            "Wait as many seconds as 'Retry-After' says, then send the request again.")
                    .retryAfter(pause);
        }
        chain.doFilter(request, response);
    }

    private static String callerOf(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? request.getRemoteAddr() : principal.getName();
    }
}
