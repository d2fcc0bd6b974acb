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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person at the Tasklist, without its pages: the same sign-in, cookies and calls a browser makes. */
public final class TasklistSession {

    private static final String ENGINE = "/camunda/api/engine/engine/default/";

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final URI server;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private TasklistSession(int port) {
        this.server = URI.create("http://127.0.0.1:" + port);
    }

    /** Somebody who has not signed in and asked for the start page. */
    public static TasklistSession anonymous(int port) {
        TasklistSession session = new TasklistSession(port);
        session.fetchToken();
        return session;
    }

    /** Signs a sample person in. */
    public static TasklistSession of(String person, int port) {
        TasklistSession session = new TasklistSession(port);
        Matcher token = CSRF.matcher(session.send("GET", "/sign-in", BodyPublishers.noBody(), "text/html")
                .body());
        if (!token.find()) {
            throw new IllegalStateException("The sign-in page has no token against forged requests");
        }
        String form = "name=" + encode(person) + "&password=" + encode(person + "-sample") + "&_csrf=" + token.group(1);
        HttpResponse<String> answer =
                session.send("POST", "/sign-in", BodyPublishers.ofString(form), "application/x-www-form-urlencoded");
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("").contains("refused")) {
            throw new IllegalStateException(person + " cannot sign in: " + answer.statusCode() + " " + answer.body());
        }
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

    /** Sends a form as a page of another site could: with the person's cookies and no token. */
    public HttpResponse<String> form(String path, String fields) {
        return send("POST", path, BodyPublishers.ofString(fields), "application/x-www-form-urlencoded");
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
