package io.gatehouse.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;

/** A refusal that says what to come with, as HTTP asks of every 401. */
final class Challenge implements AuthenticationEntryPoint {

    private final String challenge;
    private final AuthenticationEntryPoint refusal;

    Challenge(String challenge, AuthenticationEntryPoint refusal) {
        this.challenge = challenge;
        this.refusal = refusal;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException, ServletException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        refusal.commence(request, response, failure);
    }
}
