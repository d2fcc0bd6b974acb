package io.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.testing.MySqlDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What rollouts cost with two nodes: a minute in which nothing happens, the time from a step's beginning to its request
 * at the tool, a callback, and many rollouts of five steps that begin in the same minute. All are standard changes, so
 * nobody decides anything.
 */
final class Rollouts {

    private static final int STEPS = 5;
    private static final int ALONE = 40;
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final List<Server> nodes;
    private final MySqlDatabase database;
    private final InstantTool tool;
    private final Caller caller;
    private final Timings timings = new Timings();
    private int services;

    Rollouts(List<Server> nodes, MySqlDatabase database, InstantTool tool) {
        this.nodes = nodes;
        this.database = database;
        this.tool = tool;
        this.caller = new Caller(nodes.get(0).address(), timings);
    }

    void measure(int many) throws Exception {
        oneAfterTheOther(20); // warm up
        idleMinute();
        latency();
        callback();
        atOnce(many);
    }

    private void idleMinute() throws Exception {
        await("select count(*) from rollout_command where state in ('NEW', 'SENDING', 'ACCEPTED')", 0);
        LockSupport.parkNanos(Duration.ofSeconds(10).toNanos());
        StatementLog log = new StatementLog(database);
        LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
        System.out.printf("An idle minute of %d nodes, statements:%n", nodes.size());
        log.print();
    }

    private void latency() throws Exception {
        Instant start = Instant.now();
        oneAfterTheOther(ALONE);
        List<Long> millis = latencies(start);
        System.out.printf(
                "From the beginning of a step to its request at the tool, one rollout at a time, %d steps: p50 %d ms,"
                        + " p95 %d ms, longest %d ms%n",
                millis.size(), percentile(millis, 50), percentile(millis, 95), percentile(millis, 100));
    }

    private void callback() throws Exception {
        String service = newService("later");
        String change = raise(service, Instant.now());
        await("select count(*) from rollout_command where state = 'ACCEPTED'", 1);
        String key = read("select idempotency_key from rollout_command where state = 'ACCEPTED'").get(0);
        StatementLog log = new StatementLog(database);
        deliver("first-" + key, key);
        await("select count(*) from callback_inbox where state = 'APPLIED'", 1);
        ended(change);
        System.out.println("A callback that ends the last step of a rollout, to the end of its change:");
        log.print();
        log = new StatementLog(database);
        deliver("second-" + key, key);
        await("select count(*) from callback_inbox where state = 'IGNORED'", 1);
        System.out.println("A callback whose command has ended before:");
        log.print();
    }

    private void atOnce(int many) throws Exception {
        List<String> service = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            service.add(newService("now"));
        }
        // Long enough to raise them all; their windows open together.
        Instant opens = Instant.now().plusSeconds(20 + many / 20).truncatedTo(ChronoUnit.SECONDS);
        for (String one : service) {
            raise(one, opens);
        }
        if (Instant.now().isAfter(opens)) {
            System.out.println("Raising took so long that some windows had opened before");
        }
        LockSupport.parkNanos(Math.max(0, Duration.between(Instant.now(), opens.minusSeconds(1)).toNanos()));
        long before = Long.parseLong(read("select count(*) from rollout where ended_at is not null").get(0));
        Meter meter = Meter.read(database, nodes.get(0));
        Duration otherBefore = nodes.get(1).processorTime();
        await("select count(*) from rollout where ended_at is not null", before + many);
        await("select count(*) from change_request where state = 'IMPLEMENT'", 0);
        Duration took = Duration.between(opens, Instant.now());
        System.out.printf(
                "%d rollouts of %d steps at once with %d nodes: %.1f rollouts/s, %.1f steps/s (%.1f s)%n",
                many,
                STEPS,
                nodes.size(),
                many * 1e3 / took.toMillis(),
                many * STEPS * 1e3 / took.toMillis(),
                took.toMillis() / 1e3);
        System.out.println("  for each step, with what a change and a rollout cost besides (\"life\" is a step here):");
        Meter.read(database, nodes.get(0)).print(meter, (long) many * STEPS);
        System.out.printf(
                "    and %.0f ms in the other server%n",
                nodes.get(1).processorTime().minus(otherBefore).toMillis() / (double) (many * STEPS));
        List<Long> millis = latencies(opens);
        System.out.printf(
                "  from the beginning of a step to its request: p50 %d ms, p95 %d ms%n",
                percentile(millis, 50), percentile(millis, 95));
    }

    private void oneAfterTheOther(int many) throws Exception {
        String service = newService("now");
        for (int i = 0; i < many; i++) {
            ended(raise(service, Instant.now()));
        }
    }

    private String newService(String mode) throws Exception {
        String service = "rollout-%04d".formatted(services++);
        caller.put("service", "rolf", "/api/v1/services/" + service, Map.of(
                "name", service, "tier", 3, "ownerGroup", "technical-approver"));
        caller.put("template", "rolf", "/api/v1/change-templates/" + service, Map.of(
                "title", "Restart " + service,
                "service", service,
                "environment", Organisation.ENVIRONMENT,
                "plans", Map.of("backout", "Start the old one")));
        List<Map<String, ?>> steps = new ArrayList<>();
        for (int i = 1; i < STEPS; i++) {
            steps.add(Map.of(
                    "stage", "DEPLOY_APPLICATION",
                    "name", "Part " + i,
                    "connector", InstantTool.CONNECTOR,
                    "target", "localhost",
                    "parameters", Map.of("mode", "now"),
                    "undo", Map.of("connector", InstantTool.CONNECTOR, "parameters", Map.of("mode", "now"))));
        }
        steps.add(Map.of(
                "stage", "VERIFY",
                "name", "Look",
                "connector", InstantTool.CONNECTOR,
                "target", "localhost",
                "parameters", Map.of("mode", mode)));
        caller.put(
                "plan",
                "rolf",
                "/api/v1/change-templates/" + service + "/rollout-plan",
                Map.of("process", "Rollout", "steps", steps, "soak", "PT0S"));
        String template = "/api/v1/change-templates/" + service;
        caller.post("submit", "rolf", template + "/submission", Map.of());
        caller.post("let in", "mona", template + "/reviews", Map.of(
                "version", 1, "decision", "LET_IN", "reason", "Read it"));
        return service;
    }

    private String raise(String service, Instant opens) throws Exception {
        return caller.post("raise", "rita", "/api/v1/changes", Map.of(
                        "type", "STANDARD",
                        "submit", true,
                        "template", service,
                        "window", Map.of(
                                "startsAt", opens.toString(),
                                "endsAt", opens.plusSeconds(7200).toString())))
                .path("number")
                .asText();
    }

    private void ended(String change) throws Exception {
        Instant limit = Instant.now().plus(LONGEST);
        while (true) {
            JsonNode now = caller.get("look", "rita", "/api/v1/changes/" + change);
            if (List.of("REVIEW", "CLOSED").contains(now.path("state").asText())) {
                return;
            }
            if (Instant.now().isAfter(limit)) {
                throw new IOException("Not over: " + now);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void deliver(String id, String key) throws IOException, InterruptedException {
        byte[] body = "{\"key\":\"%s\",\"state\":\"SUCCEEDED\"}".formatted(key).getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.now();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(nodes.get(0).address() + "/api/v1/callbacks/" + InstantTool.CONNECTOR))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", WebhookSecret.parse(InstantTool.SECRET).sign(id, now, body))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        int status = HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status != 202) {
            throw new IOException("The callback was answered with " + status);
        }
    }

    /** Sorted, in milliseconds, of the steps that began after a moment. The tool has the clock of the nodes. */
    private List<Long> latencies(Instant after) throws SQLException {
        Map<String, Instant> began = new HashMap<>();
        try (Connection connection = database.connect();
                PreparedStatement query = connection.prepareStatement(
                        """
                        select c.idempotency_key, s.started_at from rollout_command c
                        join rollout_step s on s.rollout_id = c.rollout_id and s.seq = c.seq
                        where c.kind = 'RUN' and c.attempt = 1 and s.started_at >= ?""")) {
            query.setObject(1, LocalDateTime.ofInstant(after, ZoneOffset.UTC));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    began.put(rows.getString(1), rows.getObject(2, LocalDateTime.class).toInstant(ZoneOffset.UTC));
                }
            }
        }
        return began.entrySet().stream()
                .map(step -> Duration.between(step.getValue(), tool.received().get(step.getKey()))
                        .toMillis())
                .sorted()
                .toList();
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    private void await(String count, long expected) throws SQLException, IOException {
        Instant limit = Instant.now().plus(LONGEST);
        while (Long.parseLong(read(count).get(0)) != expected) {
            if (Instant.now().isAfter(limit)) {
                throw new IOException(count + " is " + read(count));
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        }
    }

    private List<String> read(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
