package io.gatehouse.api.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Writes a problem as the answer, whatever the client said it accepts. */
final class ProblemWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProblemWriter() {}

    static void write(ProblemException refusal, HttpServletResponse response) throws IOException {
        if (refusal.retryAfter() != null) {
            long seconds = Math.max(1, refusal.retryAfter().toSeconds());
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        write(refusal.problem(), response);
    }

    static void write(Problem problem, HttpServletResponse response) throws IOException {
        byte[] body = JSON.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The problem for a status that nobody described better. */
    static Problem standard(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> Problem.of(
                    status,
                    "sign-in-required",
                    "Sign-in required",
                    "Send valid credentials in the 'Authorization' header.");
            case FORBIDDEN -> Problem.of(
                    status, "not-allowed", "Not allowed", "Ask for the role that this request needs.");
            case NOT_FOUND -> Problem.of(
                    status,
                    "resource-not-found",
                    "Resource not found",
                    "Nothing is at this address; the guide at /docs lists what there is.");
            case METHOD_NOT_ALLOWED -> Problem.of(
                    status, "method-not-allowed", "Method not allowed", "Use a method listed in 'Allow'.");
            case NOT_ACCEPTABLE -> Problem.of(status, "not-acceptable", "Not acceptable", "Accept 'application/json'.");
            case UNSUPPORTED_MEDIA_TYPE -> Problem.of(
                    status,
                    "unsupported-media-type",
                    "Unsupported media type",
                    "Send the body as JSON with 'Content-Type: application/json'.");
            default -> status.is5xxServerError()
                    ? Problem.of(
                            status,
                            "internal-error",
                            "Internal error",
                            "The server failed; report the value of 'instance' to whoever runs it.")
                    : Problem.of(
                            status,
                            "malformed-request",
                            "Malformed request",
                            "The request is not valid HTTP for this API; the guide at /docs describes it.");
        };
    }
}
