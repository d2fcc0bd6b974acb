package io.gatehouse.audit;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each line of the file to an address outside, signed as Standard Webhooks has it for Ed25519 ({@code v1a}). What
 * does not arrive is sent again, oldest first, until it does; so each line arrives once at least, and in order. Whatever
 * waits is lost with the process, but is in the file.
 */
final class CheckpointWebhook {

    /** Lines that wait at most; a receiver sees by the digest of the line before that some are missing. */
    static final int MOST = 1000;

    private static final Logger log = LoggerFactory.getLogger(CheckpointWebhook.class);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final URI address;
    private final Clock clock;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Deque<String> waiting = new ArrayDeque<>();
    private boolean sending;
    private @Nullable String trouble;
    private long failures;

    CheckpointWebhook(URI address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    synchronized void add(List<String> lines) {
        waiting.addAll(lines);
        while (waiting.size() > MOST) {
            waiting.remove();
        }
    }

    /** Begins to send what waits, unless that goes on already; whatever comes of it is told by {@link #trouble()}. */
    synchronized void send(CheckpointKey key) {
        String line = waiting.peek();
        if (line == null || sending) {
            return;
        }
        sending = true;
        client.sendAsync(request(line, key), HttpResponse.BodyHandlers.discarding())
                .whenComplete((answer, failure) -> sent(line, key, answer, failure));
    }

    private synchronized void sent(
            String line, CheckpointKey key, @Nullable HttpResponse<Void> answer, @Nullable Throwable failure) {
        sending = false;
        if (answer != null && answer.statusCode() / 100 == 2) {
            trouble = null;
            waiting.remove(line);
            send(key);
            return;
        }
        failures++;
        trouble = answer != null ? "it answered " + answer.statusCode() : String.valueOf(failure);
        log.error("A checkpoint of the audit trail did not reach {}, {}; it is sent again", address, trouble);
    }

    /** Why the last try failed, if it did. */
    synchronized Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    synchronized long failures() {
        return failures;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    private HttpRequest request(String line, CheckpointKey key) {
        String id = "checkpoint-" + Fingerprint.ofText(line).substring(0, 32);
        long seconds = clock.instant().getEpochSecond();
        return HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(seconds))
                .header("webhook-signature", "v1a," + key.sign(id + "." + seconds + "." + line))
                .POST(HttpRequest.BodyPublishers.ofString(line))
                .build();
    }
}
