package io.gatehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/** Whoever calls a port of this machine with an {@code Authorization} header, each time as if from another address. */
public final class ManagementClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final int port;
    private final String authorization;

    private ManagementClient(int port, String authorization) {
        this.port = port;
        this.authorization = authorization;
    }

    public static ManagementClient of(int port, String person, String password) {
        String pair = person + ":" + password;
        return new ManagementClient(
                port, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    public static ManagementClient withToken(int port, String token) {
        return new ManagementClient(port, "Bearer " + token);
    }

    /** Sends no credentials. */
    public static ManagementClient nobody(int port) {
        return new ManagementClient(port, "");
    }

    public HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    public HttpResponse<String> send(String method, String path) {
        int number = ADDRESSES.incrementAndGet();
        return from("198.18." + number / 250 % 250 + "." + number % 250, method, path);
    }

    /** Calls as a proxy on this machine would for that address. */
    public HttpResponse<String> from(String address, String method, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .header("X-Forwarded-For", address)
                .method(method, BodyPublishers.noBody());
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
