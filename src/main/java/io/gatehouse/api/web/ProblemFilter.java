package io.gatehouse.api.web;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers with a problem what the filters behind it refuse, and what fails outside of any controller. */
class ProblemFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            if (concernsSecurity(e) || response.isCommitted() && !(e instanceof ProblemException)) {
                throw e;
            }
            answer(e, response);
        }
    }

    /** Tomcat answers a body it cannot parse itself, as soon as it is read; see {@link ProblemErrorController}. */
    private static void answer(Exception failure, HttpServletResponse response) throws IOException {
        if (!response.isCommitted()) {
            response.reset();
            ProblemWriter.write(ProblemTranslator.translate(failure), response);
        }
    }

    private static boolean concernsSecurity(Exception failure) {
        return isSecurity(failure) || isSecurity(failure.getCause());
    }

    private static boolean isSecurity(@Nullable Throwable failure) {
        return failure instanceof AccessDeniedException || failure instanceof AuthenticationException;
    }
}
