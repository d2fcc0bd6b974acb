package io.gatehouse.crash;

import io.gatehouse.rollout.connector.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Calls back like a tool that is never sure whether it was heard: each result twice, until each is acknowledged. */
final class ToolCallbacks {

    /** Signs what Gatehouse and the tool say to each other. */
    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final int PATIENCE = 3000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();
    private final WebhookSecret secret = WebhookSecret.parse(SECRET);
    private final List<String> nodes;
    private final ToolJournal journal;

    /** @param nodes addresses of the product; any of them takes any callback */
    ToolCallbacks(List<String> nodes, ToolJournal journal) {
        this.nodes = nodes;
        this.journal = journal;
    }

    void deliver(String connector, String key, String state) {
        byte[] body = "{\"key\":\"%s\",\"state\":\"%s\",\"log\":\"%s by callback\"}"
                .formatted(key, state, state)
                .getBytes(StandardCharsets.UTF_8);
        for (int copy = 0; copy < 2; copy++) {
            deliverOnce(connector, "done-" + key, body);
        }
        journal.delivered("done-" + key);
    }

    private void deliverOnce(String connector, String id, byte[] body) {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            if (isTaken(connector, id, body)) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IllegalStateException("Nobody took " + id);
    }

    private boolean isTaken(String connector, String id, byte[] body) {
        Instant now = Instant.now();
        String node = nodes.get(ThreadLocalRandom.current().nextInt(nodes.size()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(node + "/api/v1/callbacks/" + connector))
                .timeout(Duration.ofSeconds(5))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", secret.sign(id, now, body))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202;
        } catch (IOException nodeIsDown) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
