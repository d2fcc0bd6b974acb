package io.gatehouse.change.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Takes changes as far as a documentation test needs them, each step by one of the sample people. */
final class ChangeCalls {

    static final String LATER =
            """
            {"startsAt": "2030-06-03T08:00:00Z", "endsAt": "2030-06-03T10:00:00Z"}""";

    private final MockMvcTester mvc;

    ChangeCalls(MockMvcTester mvc) {
        this.mvc = mvc;
    }

    static String now() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);
        return "{\"startsAt\": \"%s\", \"endsAt\": \"%s\"}".formatted(hour, hour.plus(Duration.ofHours(3)));
    }

    static String content(String window) {
        return """
                {
                  "title": "Upgrade placement to 11.0.0",
                  "description": "Brings the new resource classes",
                  "services": ["placement"],
                  "environment": "production",
                  "window": %s,
                  "plans": {
                    "implementation": "Unpack, then switch",
                    "test": "Ask for the version",
                    "backout": "Switch back",
                    "communication": "Tell the users of the cloud"
                  },
                  "questionnaire": {"dataMigration": false, "downtime": false, "backoutTested": true,
                                    "ifNotDone": "New resource classes cannot be used"},
                  "links": [{"title": "Release notes", "url": "https://docs.openstack.org/releasenotes/placement/"}],
                  "artifacts": [{"service": "placement", "version": "11.0.0"}]
                }"""
                .formatted(window);
    }

    MockMvcRequestBuilder post(String person, String path, String body, Object... variables) {
        MockMvcRequestBuilder request = mvc.post().uri(path, variables).with(httpBasic(person, person + "-sample"));
        return body.isEmpty()
                ? request
                : request.contentType(MediaType.APPLICATION_JSON).content(body);
    }

    MockMvcRequestBuilder get(String person, String path, Object... variables) {
        return mvc.get().uri(path, variables).with(httpBasic(person, person + "-sample"));
    }

    MockMvcRequestBuilder step(String person, String number, String step, String body) {
        return post(person, "/api/v1/changes/{number}/" + step, body, number);
    }

    String raised(boolean submit, String window) {
        MvcTestResult raised = post(
                        "rita",
                        "/api/v1/changes",
                        "{\"type\": \"NORMAL\", \"submit\": %s, \"change\": %s}".formatted(submit, content(window)))
                .exchange();
        assertThat(raised).hasStatus(201);
        String address = String.valueOf(raised.getResponse().getHeader("Location"));
        return address.substring(address.lastIndexOf('/') + 1);
    }

    String technicallyReviewed(String window) {
        String number = raised(true, window);
        done("theo", number, "technical-reviews", said("Ran in staging for a week"));
        return number;
    }

    String underImplementation() {
        String number = technicallyReviewed(now());
        done("mona", number, "approvals", said("Nothing else is planned"));
        done("oskar", number, "approvals", said("We are staffed"));
        done("carla", number, "approvals", said("The board agrees"));
        return number;
    }

    String implemented() {
        String number = underImplementation();
        done("oskar", number, "implementation-reports", "{\"result\": \"SUCCESSFUL\"}");
        return number;
    }

    void done(String person, String number, String step, String body) {
        assertThat(step(person, number, step, body)).hasStatusOk();
    }

    static String said(String reason) {
        return "{\"decision\": \"APPROVE\", \"reason\": \"%s\"}".formatted(reason);
    }
}
