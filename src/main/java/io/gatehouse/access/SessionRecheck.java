package io.gatehouse.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Looks again at the person of a session, so that whoever is disabled or leaves a group is out of it within
 * {@link #EVERY}, and nobody stays signed in for longer than {@link #LONGEST}. What was ended on this node is over at
 * once.
 */
@Component
class SessionRecheck extends OncePerRequestFilter {

    static final Duration EVERY = Duration.ofSeconds(60);
    static final Duration LONGEST = Duration.ofHours(12);

    private static final String CHECKED_AT = SessionRecheck.class.getName() + ".checkedAt";
    private static final String SIGNED_IN_AT = SessionRecheck.class.getName() + ".signedInAt";

    private final SignIn signIn;
    private final Clock clock;
    private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

    SessionRecheck(SignIn signIn, Clock clock) {
        this.signIn = signIn;
        this.clock = clock;
    }

    /** Whoever wants to go may, also while nobody can say who they are. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getRequestURI().equals("/sign-out");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication person = SecurityContextHolder.getContext().getAuthentication();
        HttpSession session = request.getSession(false);
        if (session != null && person != null && !(person instanceof AnonymousAuthenticationToken)) {
            // One after the other: a page makes several calls at once, and an identity provider may take the second of
            // two questions with the same token for a theft.
            synchronized (WebUtils.getSessionMutex(session)) {
                recheck(session, request, response);
            }
        }
        chain.doFilter(request, response);
    }

    private void recheck(HttpSession session, HttpServletRequest request, HttpServletResponse response) {
        if (request.getSession(false) == null) {
            SecurityContextHolder.clearContext(); // ended by the call before
            return;
        }
        takeOver(session);
        Instant now = clock.instant();
        if (session.getAttribute(SIGNED_IN_AT) == null) {
            session.setAttribute(SIGNED_IN_AT, now);
            session.setAttribute(CHECKED_AT, now);
        } else if (isOver(session, SIGNED_IN_AT, LONGEST, now) || isEnded()) {
            end(session);
        } else if (isOver(session, CHECKED_AT, EVERY, now)) {
            Optional<Authentication> found =
                    signIn.recheck(SecurityContextHolder.getContext().getAuthentication());
            if (found.isEmpty()) {
                end(session);
                return;
            }
            session.setAttribute(CHECKED_AT, now);
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(found.get());
            SecurityContextHolder.setContext(context);
            contexts.saveContext(context, request, response);
        }
    }

    /** What the call before found out while this one was waiting. */
    private static void takeOver(HttpSession session) {
        Object kept = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
        if (kept instanceof SecurityContext context && context.getAuthentication() != null) {
            SecurityContextHolder.setContext(context);
        }
    }

    private boolean isEnded() {
        return signIn.isEnded(SecurityContextHolder.getContext().getAuthentication());
    }

    private static boolean isOver(HttpSession session, String since, Duration limit, Instant now) {
        return !now.isBefore(((Instant) session.getAttribute(since)).plus(limit));
    }

    private static void end(HttpSession session) {
        session.invalidate();
        SecurityContextHolder.clearContext();
    }

    /** Keeps the servlet container from putting it in front of every request besides. */
    @Bean
    static FilterRegistrationBean<SessionRecheck> sessionRecheckOnlyInItsChain(SessionRecheck recheck) {
        FilterRegistrationBean<SessionRecheck> registration = new FilterRegistrationBean<>(recheck);
        registration.setEnabled(false);
        return registration;
    }
}
