package io.gatehouse.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistSession;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What every answer tells the browser, whoever gives it: a page, the engine's applications, a filter, the container. */
@EngineTest
@NeedsChromium
class SafeHeadersTests {

    private static final List<String> ALWAYS = List.of(
            "X-Content-Type-Options: nosniff",
            "X-Frame-Options: DENY",
            "Referrer-Policy: same-origin",
            "Cross-Origin-Opener-Policy: same-origin",
            "Cross-Origin-Resource-Policy: same-origin");

    private static final Pattern NONCE_OF_POLICY = Pattern.compile("'nonce-([^']+)'");
    private static final Pattern NONCE_OF_SCRIPT = Pattern.compile("<script[^>]* nonce=\"([^\"]*)\"");
    private static final int PEOPLE = 6;
    private static final int PAGES = 40;

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "GET, /sign-in, 200",
        "GET, /style/gatehouse.css, 200",
        "GET, /docs/index.html, 200",
        "GET, /camunda/app/tasklist/default/, 200",
        "GET, /camunda/app/tasklist/scripts/config.js, 200",
        "GET, /camunda/app/nothing/here, 403",
        "POST, /camunda/api/engine/engine/default/deployment/create, 403",
        "POST, /camunda/api/admin/setup/default/user/create, 403",
        "GET, /api/v1/changes, 401",
        "GET, /api/v1/nothing, 401",
        "POST, /api/v1/callbacks/nobody, 401",
        "GET, /actuator/health, 200",
        "GET, /actuator/env, 403",
        "GET, /nowhere, 403",
        "GET, /sign-in;jsessionid=1, 400",
        "TRACE, /sign-in, 400",
        "POST, /sign-out, 403",
    })
    void everyAnswerIsGuarded(String method, String path, int status) {
        HttpResponse<String> answer = TasklistSession.of("mona", port).call(method, path, "");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertGuarded(answer.headers());
    }

    @ParameterizedTest
    @CsvSource({"'GET /%zz HTTP/1.1', 400", "'GET / HTTP/9.9', 400", "'TRACE /api/v1/changes HTTP/1.1', 400"})
    void soIsWhatTheContainerRefuses(String line, int status) throws IOException {
        String answer = raw(line + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status);
        assertThat(answer).contains(ALWAYS).contains("Content-Security-Policy: default-src 'none'");
    }

    @Test
    void theApplicationsOfTheEngineRunNoScriptWithoutItsNonce() {
        String policy = policyOf("/camunda/app/tasklist/default/");

        assertThat(policy)
                .contains("script-src 'nonce-", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'self'")
                .doesNotContain("https:", "script-src 'unsafe-inline'", "*");
    }

    @Test
    void aPageHasTheNonceOfItsPolicyAlsoWhenManyAreAskedForAtOnce() throws Exception {
        Set<String> nonces = ConcurrentHashMap.newKeySet();
        Callable<Void> person = () -> {
            TasklistSession mona = TasklistSession.of("mona", port);
            for (int page = 0; page < PAGES; page++) {
                HttpResponse<String> answer = mona.call("GET", "/camunda/app/tasklist/default/", "");
                String nonce = NONCE_OF_POLICY
                        .matcher(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElse(""))
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse("none");
                assertThat(NONCE_OF_SCRIPT.matcher(answer.body()).results().map(found -> found.group(1)))
                        .isNotEmpty()
                        .containsOnly(nonce);
                nonces.add(nonce);
            }
            return null;
        };
        ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
        try {
            for (Future<Void> done : people.invokeAll(Collections.nCopies(PEOPLE, person))) {
                done.get();
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(nonces).hasSize(PEOPLE * PAGES);
    }

    @Test
    void ourPagesRunNoScriptThatIsWrittenIntoThem() {
        assertThat(policyOf("/sign-in"))
                .startsWith("default-src 'none'")
                .contains("script-src 'self';", "form-action 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void everythingComesFromTheApplicationAndNothingIsBlocked(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            List<String> elsewhere = new ArrayList<>();
            List<String> blocked = new ArrayList<>();
            Page page = person.newPage();
            page.onRequest(request -> {
                if (!request.url().startsWith(address("/")) && !request.url().startsWith("data:")) {
                    elsewhere.add(request.url());
                }
            });
            page.onConsoleMessage(message -> {
                if (message.text().contains("Content Security Policy")) {
                    blocked.add(message.text());
                }
            });

            signInToTheTasklist(page);
            page.navigate(address("/docs/index.html"));
            page.navigate(address("/sign-out"));
            page.getByRole(AriaRole.BUTTON).click();

            assertThat(elsewhere).as("requests to others").isEmpty();
            assertThat(blocked).as("what the policy keeps from our own pages").isEmpty();
        }
    }

    private static void assertGuarded(HttpHeaders headers) {
        List<String> lines = new ArrayList<>();
        headers.map().forEach((name, values) -> values.forEach(value -> lines.add(name + ": " + value)));
        assertThat(lines)
                .usingElementComparator(String::compareToIgnoreCase)
                .containsAll(ALWAYS)
                .filteredOn(line -> line.regionMatches(true, 0, "content-security-policy: ", 0, 25))
                .singleElement()
                .asString()
                .contains("frame-ancestors 'none'");
    }

    /** Megabytes, which would come anew with each page; what is about somebody is kept nowhere. */
    @Test
    void theBrowserKeepsTheLibrariesOfTheApplicationsAndNothingAboutSomebody(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            signInToTheTasklist(page);
            assertThat(bytesOfLibraries(page)).isGreaterThan(3_000_000);

            page.reload();
            page.waitForLoadState(LoadState.NETWORKIDLE);

            assertThat(bytesOfLibraries(page)).isPositive().isLessThan(10_000);
        }
        TasklistSession mona = TasklistSession.of("mona", port);
        for (String path :
                List.of("/camunda/app/tasklist/default/", "/sign-in", "/camunda/api/admin/auth/user/default")) {
            HttpResponse<String> answer = mona.call("GET", path, "");
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().allValues("Cache-Control"))
                    .as(path)
                    .singleElement()
                    .asString()
                    .contains("no-store");
        }
    }

    private static double bytesOfLibraries(Page page) {
        return ((Number)
                        page.evaluate(
                                """
                        performance.getEntriesByType('resource').filter(entry => entry.name.includes('/camunda/lib/'))
                            .reduce((bytes, entry) => bytes + entry.transferSize, 0)"""))
                .doubleValue();
    }

    private void signInToTheTasklist(Page page) {
        page.navigate(address("/camunda/app/tasklist/default/"));
        page.getByLabel("Name").fill("mona");
        page.getByLabel("Password").fill("mona-sample");
        page.getByRole(AriaRole.BUTTON).click();
        page.waitForSelector(".task-filters, [cam-tasklist-navigation], .filters");
        page.waitForLoadState(LoadState.NETWORKIDLE);
    }

    private String policyOf(String path) {
        return TasklistSession.of("mona", port)
                .call("GET", path, "")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
