package io.gatehouse.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.api.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;

/** A problem as everywhere, and the field {@code message}, which the engine's web applications show to the person. */
public final class WebappProblem {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WebappProblem() {}

    /** Answers with the problem. */
    public static void write(Problem problem, HttpServletResponse response) throws IOException {
        ObjectNode body = JSON.valueToTree(problem);
        body.put("message", problem.detail());
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().write(JSON.writeValueAsString(body));
    }
}
