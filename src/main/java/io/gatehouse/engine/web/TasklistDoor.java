package io.gatehouse.engine.web;

import io.gatehouse.access.WebappProblem;
import io.gatehouse.api.BufferedRequest;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads what is sent to the engine's web applications before they do. Who may send it at all has been asked by then, of
 * the permission table.
 */
@Component
@Order(SecurityProperties.DEFAULT_FILTER_ORDER + 1)
class TasklistDoor extends OncePerRequestFilter {

    static final int MOST_RESULTS = 2000;

    static final String TASKLIST = "/camunda/app/tasklist/default/";

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
            WebappProblem.write(refusal.problem(), response);
        }
    }

    /** Where people land who look for the start page, which is that of an application we keep closed. */
    private static boolean isOtherPage(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && request.getRequestURI().matches("/camunda(/|/app/?|/app/welcome(/.*)?)?");
    }

    private static HttpServletRequest admit(HttpServletRequest request) throws IOException {
        request.getParameterMap().forEach(TasklistDoor::checkParameter);
        if (!request.getMethod().equals("POST")) {
            return VersionsQuery.limited(request);
        }
        byte[] body = request.getInputStream().readNBytes(TasklistBody.MAX_BYTES + 1);
        if (body.length > TasklistBody.MAX_BYTES) {
            throw ProblemException.of(
                    HttpStatus.PAYLOAD_TOO_LARGE, "body-too-large", "Body too large", "Send at most 256 KiB.");
        }
        TasklistBody.check(body, request.getRequestURI().endsWith("/submit-form"));
        if (request.getRequestURI().startsWith(CockpitQuery.ADDRESS)) {
            CockpitQuery.check(body);
        }
        return new BufferedRequest(request, body);
    }

    private static void checkParameter(String name, String[] values) {
        TasklistBody.checkName(name);
        for (String value : values) {
            boolean fine =
                    switch (name) {
                        case "maxResults" -> isMostResults(value);
                            // else the server would make objects of them
                        case "deserializeValues", "includeInputs", "includeOutputs" -> value.equals("false");
                        default -> true;
                    };
            if (!fine) {
                throw ProblemException.badRequest(
                        "parameter-refused",
                        "Parameter refused",
                        "Ask for at most " + MOST_RESULTS + " results, and for values as they are stored.");
            }
        }
    }

    /** Whether a list of so many is short enough. */
    static boolean isMostResults(String number) {
        return number.matches("[0-9]{1,4}") && Integer.parseInt(number) <= MOST_RESULTS;
    }
}
