package io.gatehouse.rollout.gitlab;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.http.ToolApi;
import io.gatehouse.rollout.http.ToolApi.Reading;
import io.gatehouse.rollout.http.ToolReply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;

/** The addresses of one project in version 4 of the REST API, and questions put to them. */
class GitlabProject {

    private final ToolApi api;
    private final String project;

    GitlabProject(ToolApi api, String project) {
        this.api = api;
        this.project = project;
    }

    URI at(Map<String, String> query, String... segments) {
        return api.address(
                query,
                Stream.concat(Stream.of("api", "v4", "projects", project), Stream.of(segments))
                        .toArray(String[]::new));
    }

    /** Asks one question; none if another node has taken the command over. */
    ConnectorAnswer ask(ConnectorCall call, Reading reading, Map<String, String> query, String... segments) {
        return call.renewLease().getAsBoolean()
                ? api.exchange(new HttpGet(at(query, segments)), reading)
                : ConnectorAnswer.takenOver();
    }

    /** The answer to one question; nothing if there is none. */
    Optional<ToolReply> look(Map<String, String> query, String... segments) {
        return api.beginning(new HttpGet(at(query, segments)));
    }

    /** The beginning of what a job printed. */
    String log(String job) {
        return api.log(new HttpGet(at(Map.of(), "jobs", job, "trace")));
    }
}
