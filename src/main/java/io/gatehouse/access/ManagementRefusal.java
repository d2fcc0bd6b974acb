package io.gatehouse.access;

import io.gatehouse.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers whom the management port refuses; whether there is anything at the address is not told. */
final class ManagementRefusal implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Problem SIGN_IN = Problem.of(
            HttpStatus.UNAUTHORIZED,
            "sign-in-required",
            "Sign-in required",
            "Send valid credentials in the 'Authorization' header, as for the API.");

    private static final Problem NOT_ALLOWED = Problem.of(
            HttpStatus.FORBIDDEN,
            "not-allowed",
            "Not allowed",
            "Nothing is offered to you at this address of the management port.");

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        WebappProblem.write(SIGN_IN, response);
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException failure)
            throws IOException {
        WebappProblem.write(NOT_ALLOWED, response);
    }
}
