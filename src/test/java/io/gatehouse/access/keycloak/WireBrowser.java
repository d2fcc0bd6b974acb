package io.gatehouse.access.keycloak;

import io.gatehouse.testing.KeycloakRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A browser without a screen, whose every step a test can stop and change: cookies per server (the Java library's own
 * are per host, and Keycloak and Gatehouse share one here), redirects one by one.
 */
final class WireBrowser {

    private static final Pattern LOGIN_FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final Map<String, Map<String, String>> cookies = new HashMap<>();

    /** An answer and where it came from. */
    record Answer(URI address, HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        boolean isRedirect() {
            return status() / 100 == 3;
        }

        URI location() {
            return address.resolve(response.headers().firstValue("Location").orElseThrow());
        }
    }

    Answer get(URI address) {
        return send("GET", address, BodyPublishers.noBody(), "text/html");
    }

    Answer post(URI address, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send("POST", address, BodyPublishers.ofString(form), FORM);
    }

    /** Calls as the Tasklist does: JSON there and back. */
    Answer call(String method, URI address, String json) {
        return send(method, address, BodyPublishers.ofString(json), "application/json");
    }

    /** Goes where redirects lead, but not to where {@code stop} says. */
    Answer follow(Answer first, Predicate<URI> stop) {
        Answer answer = first;
        for (int hops = 0; answer.isRedirect() && !stop.test(answer.location()); hops++) {
            if (hops == 10) {
                throw new AssertionError("Round in circles: " + answer.location());
            }
            answer = get(answer.location());
        }
        return answer;
    }

    Answer visit(URI address) {
        return follow(get(address), location -> false);
    }

    /** Gives name and password to the page of Keycloak; the answer leads back. */
    Answer logIn(Answer keycloaksPage, String name) {
        Matcher form = LOGIN_FORM.matcher(keycloaksPage.body());
        if (!form.find() || !keycloaksPage.body().contains("name=\"password\"")) {
            throw new AssertionError("No form to sign in with at " + keycloaksPage.address());
        }
        URI action = keycloaksPage.address().resolve(form.group(1).replace("&amp;", "&"));
        return post(action, Map.of("username", name, "password", KeycloakRealm.PASSWORD));
    }

    /** Opens the Tasklist by way of Keycloak. */
    Answer signIn(String name) {
        Answer back = logIn(visit(KeycloakApplication.address(KeycloakApplication.TASKLIST)), name);
        return follow(back, location -> false);
    }

    /** Goes to Keycloak and signs in there, and stops before the address that leads back to Gatehouse. */
    URI callbackOf(String name) {
        Answer page = visit(KeycloakApplication.address(KeycloakSignIn.BEGIN));
        Answer back = follow(logIn(page, name), WireBrowser::isCallback);
        return back.location();
    }

    static boolean isCallback(URI address) {
        return KeycloakSignIn.BACK.equals(address.getPath());
    }

    Answer signOut() {
        Answer page = get(KeycloakApplication.address("/sign-out"));
        Matcher token = CSRF.matcher(page.body());
        if (!token.find()) {
            throw new AssertionError("No form to sign out with: " + page.status() + " " + page.body());
        }
        return post(page.address(), Map.of("_csrf", token.group(1)));
    }

    boolean isSignedIn() {
        Answer answer = engine("POST", "task/count", "{}");
        return switch (answer.status()) {
            case 200 -> true;
            case 401 -> false;
            default -> throw new AssertionError(answer.status() + ": " + answer.body());
        };
    }

    Answer engine(String method, String path, String json) {
        return call(method, KeycloakApplication.address("/camunda/api/engine/engine/default/" + path), json);
    }

    String cookie(URI server, String name) {
        return cookies.getOrDefault(server.getAuthority(), Map.of()).getOrDefault(name, "");
    }

    private Answer send(String method, URI address, BodyPublisher body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Accept", type.equals(FORM) ? "text/html" : type)
                .method(method, body);
        if (!method.equals("GET")) {
            request.header("Content-Type", type);
        }
        Map<String, String> jar = cookies.computeIfAbsent(address.getAuthority(), server -> new LinkedHashMap<>());
        if (!jar.isEmpty()) {
            request.header(
                    "Cookie",
                    jar.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        if (jar.containsKey("XSRF-TOKEN")) {
            request.header("X-XSRF-TOKEN", jar.get("XSRF-TOKEN"));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(line -> keep(jar, line));
            return new Answer(address, answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void keep(Map<String, String> jar, String line) {
        HttpCookie cookie = HttpCookie.parse(line).get(0);
        if (cookie.getMaxAge() == 0) {
            jar.remove(cookie.getName());
        } else {
            jar.put(cookie.getName(), cookie.getValue());
        }
    }
}
