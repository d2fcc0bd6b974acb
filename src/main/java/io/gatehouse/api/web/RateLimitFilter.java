package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds every caller to a rate of requests, each node for itself. */
class RateLimitFilter extends OncePerRequestFilter {

    /** Buckets kept before those that are full again are dropped. */
    private static final int MANY = 10_000;

    private final ConcurrentMap<String, TokenBucket> buckets = new ConcurrentHashMap<>();
    private final ApiProperties.Rate rate;
    private final Clock clock;

    RateLimitFilter(ApiProperties.Rate rate, Clock clock) {
        this.rate = rate;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Instant now = clock.instant();
        Duration pause = bucketOf(callerOf(request), now).take(now);
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

    private TokenBucket bucketOf(String caller, Instant now) {
        if (buckets.size() > MANY) {
            buckets.values().removeIf(bucket -> bucket.isFull(now));
        }
        return buckets.computeIfAbsent(caller, name -> new TokenBucket(rate.perSecond(), rate.burst(), now));
    }

    private static String callerOf(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? request.getRemoteAddr() : principal.getName();
    }
}
