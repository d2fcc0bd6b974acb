package io.gatehouse.rollout.github;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolApi.Reading;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/** Requests about one repository, and questions put to them. */
class GithubRepository {

    private final ToolApi api;
    private final GithubSettings settings;
    private final String[] path;

    GithubRepository(ToolApi api, GithubSettings settings) {
        this.api = api;
        this.settings = settings;
        this.path = ("repos/" + settings.repository()).split("/");
    }

    HttpGet get(Map<String, String> query, String... segments) {
        return withHeaders(new HttpGet(api.address(query, below(segments))));
    }

    HttpPost post(Object body, String... segments) {
        HttpPost post = withHeaders(new HttpPost(api.address(below(segments))));
        post.setEntity(ToolApi.json(body));
        return post;
    }

    /** Asks one question; none if another node has taken the command over. */
    ConnectorAnswer ask(ConnectorCall call, Reading reading, Map<String, String> query, String... segments) {
        return call.renewLease().getAsBoolean()
                ? api.exchange(get(query, segments), reading)
                : ConnectorAnswer.takenOver();
    }

    private String[] below(String... segments) {
        return Stream.concat(Stream.of(path), Stream.of(segments)).toArray(String[]::new);
    }

    private <R extends HttpUriRequestBase> R withHeaders(R request) {
        request.setHeader("Accept", "application/vnd.github+json");
        request.setHeader("X-GitHub-Api-Version", settings.apiVersion());
        return request;
    }
}
