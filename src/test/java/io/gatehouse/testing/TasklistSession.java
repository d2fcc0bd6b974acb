package io.gatehouse.testing;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A person at the Tasklist, without its pages: the same sign-in, cookies and calls a browser makes. */
public final class TasklistSession {

    private static final String ENGINE = "/camunda/api/engine/engine/default/";

    private final URI server;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private TasklistSession(int port) {
        this.server = URI.create("http://127.0.0.1:" + port);
    }

    /** Opens the start page only, which is how a browser gets its token against forged requests. */
    public static TasklistSession anonymous(int port) {
        TasklistSession session = new TasklistSession(port);
        session.fetchToken();
        return session;
    }

    /** Signs a sample person in. */
    public static TasklistSession of(String person, int port) {
        TasklistSession session = anonymous(port);
        String form = "username=" + encode(person) + "&password=" + encode(person + "-sample");
        HttpResponse<String> answer = session.send(
                "POST",
                "/camunda/api/admin/auth/user/default/login/tasklist",
                BodyPublishers.ofString(form),
                "application/x-www-form-urlencoded");
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(person + " cannot sign in: " + answer.statusCode() + " " + answer.body());
        }
        // Signing in begins a new session, and with it the token of the old one ends.
        session.fetchToken();
        return session;
    }

    private void fetchToken() {
        send("GET", "/camunda/app/tasklist/default/", BodyPublishers.noBody(), "text/html");
    }

    /** Calls the engine's interface as the Tasklist does; {@code path} begins after the engine's name. */
    public HttpResponse<String> engine(String method, String path, String json) {
        return call(method, ENGINE + path, json);
    }

    /** Calls any address of the server with a JSON body, or with none if {@code json} is empty. */
    public HttpResponse<String> call(String method, String path, String json) {
        BodyPublisher body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        return send(method, path, body, "application/json");
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", type)
                .header("Accept", "application/hal+json, application/json, text/html; q=0.5")
                .method(method, body);
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .forEach(token -> request.header("X-XSRF-TOKEN", token));
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path + " was interrupted", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
