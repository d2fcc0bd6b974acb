package io.gatehouse.api.web;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Calls the API over HTTP as one of its people, or over a bare socket where HTTP itself is to be broken. */
final class ApiClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;

    ApiClient(int port) {
        this.port = port;
    }

    HttpRequest.Builder as(String person, String path) {
        String credentials = Base64.getEncoder().encodeToString((person + ":secret").getBytes(StandardCharsets.UTF_8));
        return anonymous(path).header("Authorization", "Basic " + credentials);
    }

    HttpRequest.Builder anonymous(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> get(String path) {
        return send(as("rita", path));
    }

    HttpResponse<String> post(String body, String... headers) {
        HttpRequest.Builder request = as("rita", "/api/v1/things").POST(BodyPublishers.ofString(body));
        request.setHeader("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are and returns all that comes back until the server closes. */
    String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
