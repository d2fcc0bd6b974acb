package io.gatehouse.api.web;

import io.gatehouse.api.BufferedRequest;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses addresses and bodies that are too large or not proper text, before anything reads them. */
class RequestGuardFilter extends OncePerRequestFilter {

    private final int maxBody;

    RequestGuardFilter(DataSize maxBody) {
        this.maxBody = Math.toIntExact(maxBody.toBytes());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        StrictText.checkUrlPart(request.getRequestURI());
        StrictText.checkUrlPart(request.getQueryString());
        byte[] body = bodyOf(request);
        StrictText.checkJson(body);
        chain.doFilter(new BufferedRequest(request, body), response);
    }

    /** Counts what really arrives: a chunked body announces no length. */
    private byte[] bodyOf(HttpServletRequest request) {
        if (request.getContentLengthLong() > maxBody) {
            throw tooLarge();
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(maxBody + 1);
        } catch (IOException e) {
            throw UnreadableBody.malformed("The body ended early or its chunks are broken; send it again.");
        }
        if (body.length > maxBody) {
            throw tooLarge();
        }
        return body;
    }

    private ProblemException tooLarge() {
        return ProblemException.of(
                HttpStatus.PAYLOAD_TOO_LARGE,
                "body-too-large",
                "Body too large",
                "Send at most " + maxBody + " bytes.");
    }
}
