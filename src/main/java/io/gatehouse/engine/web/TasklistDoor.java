package io.gatehouse.engine.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.api.BufferedRequest;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Stands in front of the engine's web applications and lets through only what {@link WebappCalls} lists. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 100)
class TasklistDoor extends OncePerRequestFilter {

    static final String TASKLIST = "/camunda/app/tasklist/default/";

    private final WebappCalls calls;
    private final ObjectMapper json;

    TasklistDoor(WebappCalls calls, ObjectMapper json) {
        this.calls = calls;
        this.json = json;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/camunda");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isOtherPage(request)) {
            response.sendRedirect(TASKLIST);
            return;
        }
        try {
            chain.doFilter(admit(request), response);
        } catch (ProblemException refusal) {
            refuse(response, refusal.problem());
        }
    }

    /** Where people land who look for the start page, which is that of an application we keep closed. */
    private static boolean isOtherPage(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getRequestURI().matches("/camunda(/|/app/?|/app/(welcome|cockpit|admin)(/|/default/?)?)?");
    }

    private HttpServletRequest admit(HttpServletRequest request) throws IOException {
        if (calls.rowOf(request.getMethod(), request.getRequestURI()).isEmpty()) {
            throw ProblemException.forbidden(
                    "not-offered",
                    "Not offered",
                    "Gatehouse offers people's tasks here: see them, claim them and hand in their forms. "
                            + "Everything else has its place under /api/v1.");
        }
        request.getParameterMap().keySet().forEach(TasklistBody::checkName);
        if (!request.getMethod().equals("POST")) {
            return request;
        }
        byte[] body = request.getInputStream().readNBytes(TasklistBody.MAX_BYTES + 1);
        if (body.length > TasklistBody.MAX_BYTES) {
            throw ProblemException.of(
                    HttpStatus.PAYLOAD_TOO_LARGE, "body-too-large", "Body too large", "Send at most 256 KiB.");
        }
        TasklistBody.check(body, request.getRequestURI().endsWith("/submit-form"));
        return new BufferedRequest(request, body);
    }

    /** A problem as everywhere, and the field {@code message}, which the Tasklist shows to the person. */
    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        ObjectNode body = json.valueToTree(problem);
        body.put("message", problem.detail());
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(json.writeValueAsString(body));
    }
}
