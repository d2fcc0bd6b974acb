package io.gatehouse.crash;

import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.ApiClient.Answer;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Sends a request to one node after the other until it is answered, a POST with the same idempotency key each time. */
final class PatientCaller {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final List<URI> nodes;
    private final Map<String, ApiClient> clients = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final AtomicInteger replayed = new AtomicInteger();

    PatientCaller(List<URI> nodes) {
        this.nodes = nodes;
    }

    Answer get(String person, String path) {
        return untilAnswered(person, "GET", path, null);
    }

    Answer put(String person, String path, Object body, String header, String value) {
        return untilAnswered(person, "PUT", path, body, header, value);
    }

    /** Some requests are sent twice at once, as by a proxy that is too eager; at most one of them may take effect. */
    Answer post(String person, String path, @Nullable Object body) {
        String key = UUID.randomUUID().toString();
        if (ThreadLocalRandom.current().nextInt(8) > 0) {
            return untilAnswered(person, "POST", path, body, "Idempotency-Key", key);
        }
        CompletableFuture<Answer> twin =
                CompletableFuture.supplyAsync(() -> untilAnswered(person, "POST", path, body, "Idempotency-Key", key));
        Answer answer = untilAnswered(person, "POST", path, body, "Idempotency-Key", key);
        Answer other = twin.join();
        return answer.status() < 300 ? answer : other;
    }

    private Answer untilAnswered(String person, String method, String path, @Nullable Object body, String... headers) {
        int node = ThreadLocalRandom.current().nextInt(nodes.size());
        boolean again = false;
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; node++) {
            try {
                Answer answer = send(clientOf(person, node % nodes.size()), method, path, body, headers);
                if (isFinal(method + " " + path, answer)) {
                    return answer;
                }
            } catch (UncheckedIOException nodeIsDown) {
                lost.addAndGet(again ? 0 : 1);
                again = true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        throw new AssertionError(method + " " + path + " was not answered within " + PATIENCE);
    }

    private Answer send(ApiClient client, String method, String path, @Nullable Object body, String... headers) {
        underWay.incrementAndGet();
        try {
            return client.send(method, path, body, headers);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private boolean isFinal(String what, Answer answer) {
        if (answer.headers().firstValue("Idempotency-Replayed").isPresent()) {
            replayed.incrementAndGet();
        }
        if (answer.status() >= 500 && answer.status() != 503) {
            failures.add(what + " got " + answer.status() + " " + answer.body());
        }
        return answer.status() < 500
                && answer.headers().firstValue("Retry-After").isEmpty();
    }

    private ApiClient clientOf(String person, int node) {
        return clients.computeIfAbsent(person + node, key -> new ApiClient(nodes.get(node), person));
    }

    /** Answers no client should ever get. */
    Queue<String> failures() {
        return failures;
    }

    /** Requests that wait for their answer now. */
    int underWay() {
        return underWay.get();
    }

    /** Requests that were sent again because no answer came. */
    int lost() {
        return lost.get();
    }

    /** Answers that were stored ones. */
    int replayed() {
        return replayed.get();
    }
}
