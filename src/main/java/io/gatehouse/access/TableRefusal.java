package io.gatehouse.access;

import io.gatehouse.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Answers somebody who is signed in and whom {@link TableDoor} refused, and puts attempts to change something on record. */
class TableRefusal implements AccessDeniedHandler {

    private static final Set<String> CHANGING_NOTHING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Problem NOT_OFFERED = Problem.of(
            HttpStatus.FORBIDDEN,
            "not-offered",
            "Not offered",
            "Gatehouse offers people's tasks here: see them, claim them and hand in their forms. "
                    + "Everything else has its place under /api/v1.");

    private final RefusedCalls refused;

    TableRefusal(RefusedCalls refused) {
        this.refused = refused;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException refusal)
            throws IOException {
        String path = request.getRequestURI();
        if (path.startsWith("/camunda/") && !CHANGING_NOTHING.contains(request.getMethod())) {
            CurrentPerson.of(SecurityContextHolder.getContext().getAuthentication())
                    .ifPresent(person -> refused.add(person.id(), request.getMethod(), path));
        }
        if (path.startsWith("/camunda/api/")) {
            WebappProblem.write(NOT_OFFERED, response);
        } else {
            response.sendError(HttpStatus.FORBIDDEN.value());
        }
    }
}
