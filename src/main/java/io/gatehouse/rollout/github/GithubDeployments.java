package io.gatehouse.rollout.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolReply;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * How far a deployment is, and which one has a command's key in its payload. One that is not found may be there
 * nevertheless: GitHub says neither how soon it lists one nor in which order. So no search ends with an order that was
 * never seen.
 */
class GithubDeployments {

    /** A deployment is shown with its creator and the app that made it, some 8 kB in all. */
    private static final int PER_PAGE = 50;

    private static final int PAGES = 4;

    /** The documentation does not say in which order statuses are listed. */
    private static final Comparator<JsonNode> AGE = Comparator.comparing(
                    (JsonNode status) -> status.path("created_at").asText())
            .thenComparing(status -> status.path("id").asLong());

    private final GithubRepository repository;
    private final GithubSettings settings;

    GithubDeployments(GithubRepository repository, GithubSettings settings) {
        this.repository = repository;
        this.settings = settings;
    }

    /** Of the deployments to the environment. */
    Map<String, String> page(int page) {
        return Map.of(
                "environment", GithubSettings.needed(settings.environment()),
                "per_page", Integer.toString(PER_PAGE),
                "page", Integer.toString(page));
    }

    ConnectorAnswer find(ConnectorCall call) {
        return find(call, 1);
    }

    private ConnectorAnswer find(ConnectorCall call, int page) {
        return repository.ask(
                call,
                reply -> reply.status() == 200 ? among(list(reply), call, page) : reply.unanswered(),
                page(page),
                "deployments");
    }

    private ConnectorAnswer among(List<JsonNode> shown, ConnectorCall call, int page) {
        List<String> ours = shown.stream()
                .filter(deployment -> deployment.path("id").isIntegralNumber())
                .filter(deployment -> deployment
                        .path("payload")
                        .path(settings.keyInput())
                        .asText()
                        .equals(call.key()))
                .map(deployment -> deployment.path("id").asText())
                .toList();
        if (ours.size() == 1) {
            return ask(call, ours.get(0));
        }
        if (ours.size() > 1) {
            return ConnectorAnswer.ambiguous("There are " + ours.size() + " deployments with this key");
        }
        return shown.size() < PER_PAGE || page == PAGES
                ? ConnectorAnswer.ambiguous(
                        "GitHub lists no deployment with this key, which does not prove that there is none")
                : find(call, page + 1);
    }

    /** @param id only digits */
    ConnectorAnswer ask(ConnectorCall call, String id) {
        return repository.ask(
                call,
                reply -> reply.status() == 200 ? state(list(reply), id) : reply.unanswered(),
                Map.of("per_page", "100"),
                "deployments",
                id,
                "statuses");
    }

    /** By the last status that tells of it; nobody has begun with one that has none. */
    private static ConnectorAnswer state(List<JsonNode> statuses, String id) throws IOException {
        if (!statuses.stream().allMatch(status -> isOf(status, id))) {
            throw new IOException("GitHub tells of something else than deployment " + id);
        }
        Optional<JsonNode> last =
                statuses.stream().filter(GithubDeployments::tells).max(AGE);
        return last.map(status -> meant(status, id)).orElseGet(() -> ConnectorAnswer.accepted(id));
    }

    private static boolean isOf(JsonNode status, String id) {
        return status.path("state").isTextual()
                && status.path("deployment_url").asText().endsWith("/deployments/" + id);
    }

    /** Another deployment took its place, or its environment is gone; how it had ended was told before. */
    private static boolean tells(JsonNode status) {
        return !status.path("state").asText().equals("inactive");
    }

    private static ConnectorAnswer meant(JsonNode status, String id) {
        String state = status.path("state").asText();
        String said = status.path("description").asText("").replaceAll("\\p{Cntrl}+", " ");
        String detail = "Deployment " + id + " ended as " + state + (said.isEmpty() ? "" : ": " + said);
        ConnectorAnswer answer =
                switch (state) {
                    case "success" -> ConnectorAnswer.succeeded(detail);
                    case "failure", "error" -> ConnectorAnswer.failed(detail);
                    default -> ConnectorAnswer.accepted(id);
                };
        return answer.at(status.path("log_url").asText(null));
    }

    private static List<JsonNode> list(ToolReply reply) throws IOException {
        JsonNode list = reply.json();
        if (!list.isArray()) {
            throw new IOException("GitHub answered no list");
        }
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
