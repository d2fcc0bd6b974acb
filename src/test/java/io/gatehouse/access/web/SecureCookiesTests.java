package io.gatehouse.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.EngineTest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Cookies of somebody who comes through a proxy on this machine, which says how they came. */
@EngineTest
class SecureCookiesTests {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> kept = new TreeMap<>();

    @LocalServerPort
    private int port;

    @Test
    void areSentByTlsOnlyToWhoeverCameByTls() throws Exception {
        Map<String, String> cookies = cookiesOfASession("https");

        assertThat(cookies).containsOnlyKeys("GATEHOUSE", "XSRF-TOKEN");
        assertThat(cookies.values()).allSatisfy(cookie -> assertThat(cookie)
                .containsPattern("(?i);\\s*secure(;|$)")
                .contains("SameSite=Lax"));
        assertThat(cookies.get("GATEHOUSE")).contains("HttpOnly");
    }

    /** Else nobody could try Gatehouse out without TLS. */
    @Test
    void areSentWithoutTlsToWhoeverCameWithout() throws Exception {
        assertThat(cookiesOfASession("http").values()).hasSize(2).allSatisfy(cookie -> assertThat(cookie)
                .doesNotContainPattern("(?i);\\s*secure(;|$)"));
    }

    /** The cookies as they were set last, by name. */
    private Map<String, String> cookiesOfASession(String scheme) throws Exception {
        Map<String, String> cookies = new TreeMap<>();
        HttpResponse<String> page = send(scheme, "GET", "/sign-in", "", cookies);
        Matcher token = CSRF.matcher(page.body());
        assertThat(token.find()).isTrue();
        String form =
                "name=mona&password=mona-sample&_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8);
        assertThat(send(scheme, "POST", "/sign-in", form, cookies).statusCode()).isEqualTo(302);
        send(scheme, "GET", "/camunda/app/tasklist/default/", "", cookies);
        return cookies;
    }

    private HttpResponse<String> send(
            String scheme, String method, String path, String form, Map<String, String> cookies)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("X-Forwarded-For", "198.51.100.7")
                .header("X-Forwarded-Proto", scheme)
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, form.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(form));
        if (!kept.isEmpty()) {
            request.header(
                    "Cookie",
                    kept.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        List<String> set = answer.headers().allValues("Set-Cookie");
        for (String cookie : set) {
            String name = cookie.substring(0, cookie.indexOf('='));
            cookies.put(name, cookie);
            kept.put(name, cookie.substring(cookie.indexOf('=') + 1).replaceFirst(";.*", ""));
        }
        return answer;
    }
}
