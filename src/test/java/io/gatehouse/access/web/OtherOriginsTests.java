package io.gatehouse.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What pages of other origins can do with this one: read nothing, change nothing. */
@EngineTest
@NeedsChromium
class OtherOriginsTests {

    private static final String OTHER = "https://evil.example";

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/changes",
                "/api/v1/callbacks/ci",
                "/api/v1/unknown",
                "/sign-in",
                "/sign-out",
                "/docs/openapi",
                "/actuator/health",
                "/camunda/app/tasklist/default/",
                "/camunda/api/engine/engine/default/task"
            })
    void noAnswerIsForThem(String path) throws Exception {
        for (String method : new String[] {"GET", "POST", "OPTIONS"}) {
            for (String person : new String[] {"", "rita"}) {
                HttpResponse<String> answer = send(method, path, person);

                assertThat(answer.headers().map().keySet())
                        .as("%s %s by %s", method, path, person)
                        .noneMatch(name -> name.toLowerCase().startsWith("access-control-"));
                assertThat(answer.headers().firstValue("Cross-Origin-Resource-Policy"))
                        .hasValue("same-origin");
                if (method.equals("OPTIONS")) {
                    assertThat(answer.statusCode()).as("preflight of " + path).isGreaterThanOrEqualTo(300);
                }
            }
        }
    }

    private HttpResponse<String> send(String method, String path, String person) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address(path)))
                .header("Origin", OTHER)
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .method(method, BodyPublishers.noBody());
        if (!person.isEmpty()) {
            String pair = person + ":" + person + "-sample";
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The browser was told Rita's password for the API before, and adds it by itself. */
    @Test
    void aPageElsewhereNeitherReadsNorChangesWithAPasswordThatTheBrowserRemembers(ChromiumBrowser browser)
            throws IOException {
        HttpServer elsewhere = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        elsewhere.createContext("/", exchange -> {
            byte[] page = "<!doctype html><title>Elsewhere</title>".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        elsewhere.start();
        try (BrowserContext person = browser.newPersonWhoTells("rita", "rita-sample")) {
            Page page = person.newPage();
            page.navigate(address("/api/v1/changes"));
            assertThat(page.content()).contains("CHG-");

            page.navigate("http://localhost:" + elsewhere.getAddress().getPort() + "/");

            assertThat(page.evaluate(fetch("/api/v1/changes", "{credentials: 'include'}")))
                    .isEqualTo("no answer");
            assertThat(page.evaluate(fetch(
                            "/api/v1/changes",
                            "{method: 'POST', credentials: 'include', headers: {'Content-Type': 'application/json'}}")))
                    .isEqualTo("no answer");
            Page.WaitForResponseOptions patient = new Page.WaitForResponseOptions().setTimeout(20_000);
            int status = page.waitForResponse(
                            answer -> answer.request().method().equals("POST"),
                            patient,
                            () -> page.evaluate("() => { const form = document.createElement('form');"
                                    + " form.method = 'POST'; form.action = '"
                                    + address("/api/v1/changes/CHG-000001/submission")
                                    + "'; document.body.append(form); form.submit(); }"))
                    .status();
            assertThat(status).isEqualTo(403);
            page.locator("body:has-text('other-site')").waitFor(); // the page is still arriving
        } finally {
            elsewhere.stop(0);
        }
    }

    private String fetch(String path, String options) {
        return "() => fetch('" + address(path) + "', " + options
                + ").then(a => 'status ' + a.status, () => 'no answer')";
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
