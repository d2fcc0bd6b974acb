package io.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls a server as one of its people and keeps how long each named step took, as its caller sees it. */
final class Caller {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final URI server;
    private final Timings timings;

    Caller(URI server, Timings timings) {
        this.server = server;
        this.timings = timings;
    }

    /** Reads as {@code person}; without one the call carries no credentials. */
    JsonNode get(String step, @Nullable String person, String path) throws IOException, InterruptedException {
        return call(step, request(person, path).GET().build());
    }

    JsonNode post(String step, @Nullable String person, String path, Map<String, ?> body)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher json = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        return call(
                step,
                request(person, path)
                        .header("Content-Type", "application/json")
                        .POST(json)
                        .build());
    }

    /** Creates what is not there yet. */
    JsonNode put(String step, String person, String path, Map<String, ?> body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher json = HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        return call(
                step,
                request(person, path)
                        .header("Content-Type", "application/json")
                        .header("If-None-Match", "*")
                        .PUT(json)
                        .build());
    }

    private HttpRequest.Builder request(@Nullable String person, String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
        if (person != null) {
            String credentials = person + ":" + person + "-sample";
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        return request;
    }

    private JsonNode call(String step, HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        timings.add(step, System.nanoTime() - start);
        if (answer.statusCode() >= 300) {
            throw new IOException(step + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
    }
}
