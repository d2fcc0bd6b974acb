package io.gatehouse.api.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers with a problem whoever is not signed in, may not do something, or sends what the firewall rejects. */
class SecurityProblems implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        answer(HttpStatus.UNAUTHORIZED, request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        answer(HttpStatus.FORBIDDEN, request, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException failure)
            throws IOException {
        answer(HttpStatus.BAD_REQUEST, request, response);
    }

    private static void answer(HttpStatus status, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (ApiPaths.contains(request)) {
            ProblemWriter.write(ProblemWriter.standard(status), response);
        } else {
            response.sendError(status.value());
        }
    }
}
