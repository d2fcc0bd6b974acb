package io.gatehouse.rollout.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.RunningSample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever follows a rollout is told what happens while it does, over a real connection. */
@RunningSample
@Timeout(120)
class RolloutEventsTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Event(String name, String id, JsonNode data) {}

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void isToldOfStepsLogsAndTheEnd() {
        String rollout = waitingForWork();
        print(rollout, "half of it is there");

        try (Stream stream = follow(rollout, null)) {
            stream.until(event -> is(event, "step", 1, "DONE"));
            stream.until(event -> is(event, "step", 2, "RUNNING"));
            Event log = stream.until(event -> event.name().equals("log"));
            assertThat(log.data().get("output").asText()).isEqualTo("half of it is there");
            stream.until(event -> event.name().equals("rollout")
                    && event.data().get("state").asText().equals("RUNNING"));

            print(rollout, "all of it is there");
            Event later = stream.until(event -> event.name().equals("log"));
            assertThat(later.data().get("output").asText()).isEqualTo("all of it is there");
            assertThat(Long.parseLong(later.id())).isGreaterThan(Long.parseLong(log.id()));

            report(rollout);
            stream.until(event -> is(event, "step", 2, "DONE"));
            stream.until(event -> event.name().equals("end")
                    && event.data().get("state").asText().equals("DEPLOYED"));
            assertThat(stream.isOver()).isTrue();
        }

        try (Stream again = follow(rollout, null)) {
            List<Event> all = again.rest();
            assertThat(all).extracting(Event::name).containsExactly("step", "step", "log", "log", "rollout", "end");
            try (Stream resumed = follow(rollout, all.get(2).id())) {
                assertThat(resumed.rest().stream().filter(event -> event.name().equals("log")))
                        .extracting(event -> event.data().get("output").asText())
                        .containsExactly("all of it is there");
            }
        }
    }

    @Test
    void isRefusedWhileAsManyAsMayAreFollowingAndThenNoLonger() {
        String rollout = waitingForWork();
        List<Stream> streams = IntStream.range(0, RolloutEvents.MOST)
                .mapToObj(i -> follow(rollout, null))
                .toList();

        assertThat(as("rita")
                        .send("GET", address(rollout), null, "Accept", "text/event-stream")
                        .status())
                .isEqualTo(503);

        streams.forEach(Stream::close);
        // Whether they are gone is noticed when they are next told something.
        await().atMost(PATIENCE).until(() -> {
            HttpResponse<InputStream> answer = request(rollout, null);
            answer.body().close();
            return answer.statusCode() == 200;
        });
        report(rollout);
    }

    @Test
    void isToldThatThereIsNoSuchRollout() {
        ApiClient.Answer answer = as("rita").send("GET", address("ROL-999999"), null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body().get("detail").asText()).contains("ROL-999999");
    }

    @Test
    void isToldWhatIsWrongWithTheLastEvent() {
        String rollout = waitingForWork();

        assertThat(as("rita")
                        .send("GET", address(rollout), null, "Last-Event-ID", "x")
                        .status())
                .isEqualTo(400);
        assertThat(as("rita")
                        .send("GET", address(rollout), null, "Last-Event-ID", "-1")
                        .status())
                .isEqualTo(400);
        report(rollout);
    }

    private static boolean is(Event event, String name, int seq, String state) {
        return event.name().equals(name)
                && event.data().get("seq").asInt() == seq
                && event.data().get("state").asText().equals(state);
    }

    /** The number of a rollout whose first step is done, and whose second waits for a person. */
    private String waitingForWork() {
        Instant now = Instant.now();
        String change = as("rita")
                .post(
                        "/api/v1/changes",
                        Map.of(
                                "type",
                                "NORMAL",
                                "change",
                                Map.of(
                                        "title", "Upgrade the client",
                                        "services", List.of("python-novaclient"),
                                        "environment", "dev",
                                        "questionnaire", Map.of("backoutTested", true),
                                        "window",
                                                Map.of(
                                                        "startsAt",
                                                                now.minusSeconds(60)
                                                                        .toString(),
                                                        "endsAt",
                                                                now.plusSeconds(3600)
                                                                        .toString()))))
                .expect(201)
                .get("number")
                .asText();
        String path = "/api/v1/changes/" + change;
        Map<String, Object> told = Map.of("part", "application", "version", "9.1");
        as("rita")
                .send(
                        "PUT",
                        path + "/rollout-plan",
                        Map.of(
                                "process",
                                "Rollout",
                                "steps",
                                List.of(
                                        Map.of(
                                                "stage", "DEPLOY_APPLICATION",
                                                "name", "Unpack",
                                                "connector", "sample-deploy",
                                                "target", "site",
                                                "parameters", told,
                                                "undo", Map.of("connector", "sample-undo", "parameters", told)),
                                        Map.of(
                                                "stage", "SHIFT_TRAFFIC",
                                                "name", "Look",
                                                "target", "site",
                                                "check", true,
                                                "manual", Map.of("instructions", "Look whether it is there")))),
                        "If-None-Match",
                        "*")
                .expect(201);
        as("rita").post(path + "/submission", null).expect(200);
        Map<String, String> approve = Map.of("decision", "APPROVE", "reason", "Fine");
        await().atMost(PATIENCE)
                .until(() ->
                        as("theo").post(path + "/technical-reviews", approve).status() == 200);
        await().atMost(PATIENCE).until(() -> !as("rita")
                .get("/api/v1/rollouts?change=" + change)
                .get("items")
                .isEmpty());
        String rollout = as("rita")
                .get("/api/v1/rollouts?change=" + change)
                .get("items")
                .get(0)
                .get("number")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> as("rita")
                                .get("/api/v1/rollouts/" + rollout + "/steps")
                                .get("items")
                                .size()
                        == 2);
        return rollout;
    }

    /** As if the tool of the first step had printed it. */
    private void print(String rollout, String output) {
        jdbc.sql(
                        """
                insert into rollout_log (command_id, logged_at, output)
                select id, localtimestamp, :output from rollout_command where rollout_id = :rollout and seq = 1""")
                .param("output", output)
                .param("rollout", Long.parseLong(rollout.substring(4)))
                .update();
    }

    private void report(String rollout) {
        await().atMost(PATIENCE)
                .until(() -> as("oskar")
                                .post("/api/v1/rollouts/" + rollout + "/steps/2/reports", Map.of("result", "DONE"))
                                .status()
                        == 200);
    }

    private Stream follow(String rollout, @Nullable String lastEventId) {
        HttpResponse<InputStream> answer = request(rollout, lastEventId);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        return new Stream(answer.body());
    }

    private HttpResponse<InputStream> request(String rollout, @Nullable String lastEventId) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(server().resolve(address(rollout)))
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString("rita:rita-sample".getBytes(StandardCharsets.UTF_8)));
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String address(String rollout) {
        return "/api/v1/rollouts/" + rollout + "/events";
    }

    private URI server() {
        return URI.create("http://localhost:" + port);
    }

    private ApiClient as(String person) {
        return new ApiClient(server(), person);
    }

    /** What a client reads, event by event. */
    private static final class Stream implements AutoCloseable {

        private final InputStream body;
        private final BufferedReader lines;

        Stream(InputStream body) {
            this.body = body;
            this.lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        }

        Event until(java.util.function.Predicate<Event> wanted) {
            Event event = next();
            while (event != null && !wanted.test(event)) {
                event = next();
            }
            if (event == null) {
                throw new AssertionError("The stream ended before the event came");
            }
            return event;
        }

        List<Event> rest() {
            List<Event> events = new ArrayList<>();
            for (Event event = next(); event != null; event = next()) {
                events.add(event);
            }
            return events;
        }

        boolean isOver() {
            return next() == null;
        }

        private @Nullable Event next() {
            String name = "";
            String id = "";
            StringBuilder data = new StringBuilder();
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        name = line.substring(6);
                    } else if (line.startsWith("id:")) {
                        id = line.substring(3);
                    } else if (line.startsWith("data:")) {
                        data.append(line.substring(5));
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        return new Event(name, id, read(data.toString()));
                    }
                }
                return null;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static JsonNode read(String data) throws JsonProcessingException {
            return JSON.readTree(data);
        }

        @Override
        public void close() {
            try {
                body.close();
            } catch (IOException e) {
                // It is what is wanted.
            }
        }
    }
}
