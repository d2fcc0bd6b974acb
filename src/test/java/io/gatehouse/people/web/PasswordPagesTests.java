package io.gatehouse.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.access.QuickPasswords;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.OnH2;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An installation without anybody in it, from the first line of its log on. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"camunda.bpm.job-execution.enabled=false", "camunda.bpm.webapp.enabled=false"})
@Import(QuickPasswords.class)
@OnH2
@NeedsChromium
class PasswordPagesTests {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/first-administrator/[0-9A-Za-z]{43})");
    private static final String PASSWORD = "teapot rudder violin";
    private static final String NEW_PASSWORD = "glacier tulips postman";

    @LocalServerPort
    private int port;

    @Autowired
    private IdentityService identities;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void fromTheLogToTheSecondPerson(ChromiumBrowser browser, CapturedOutput output) {
        Matcher printed = LINK.matcher(output.getOut());
        assertThat(printed.find()).as(output.getOut()).isTrue();
        String link = printed.group(1);
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            List<String> asked = new ArrayList<>();
            page.onRequest(request -> asked.add(request.url()));

            Response wrong = page.navigate(address(link.substring(0, link.length() - 4) + "0000"));
            assertThat(wrong.status()).isEqualTo(404);
            assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("There is no such link");
            photograph(page, "link-unknown");

            assertThat(forged(link, "id=eve&name=Eve&password=" + PASSWORD + "&again=" + PASSWORD))
                    .isEqualTo(403);
            page.navigate(address(link));
            photograph(page, "first-administrator");
            fill(page, "Ada", "Ada First", "short", "short");
            assertThat(page.getByRole(AriaRole.ALERT).textContent())
                    .contains("at least 15 characters", "must be 1 to 64");
            photograph(page, "first-administrator-again");
            fill(page, "ada", "Ada First", PASSWORD, PASSWORD);
            assertThat(page.url()).endsWith("/sign-in?password-set");
            photograph(page, "password-set");

            assertThat(stored("ada")).matches("\\{PBKDF2-SHA512}\\d+\\$[0-9a-f]{160}");

            signIn(page, "ada", PASSWORD);

            Response over = page.navigate(address(link));
            assertThat(over.status()).isEqualTo(410);
            assertThat(over.headers()).containsEntry("referrer-policy", "no-referrer");
            assertThat(over.headers().get("cache-control")).contains("no-store");
            photograph(page, "link-over");
            theyChangeTheirPassword(browser, page);
            theyLetSomebodyElseIn(browser, page);
            assertThat(asked)
                    .extracting(url -> URI.create(url).getPort())
                    .as("requests to others: %s", asked)
                    .containsOnly(port);
        }
    }

    /** What was signed in to with the old password is over, in this browser and in every other. */
    private void theyChangeTheirPassword(ChromiumBrowser browser, Page page) {
        try (BrowserContext elsewhere = browser.newPerson()) {
            Page other = elsewhere.newPage();
            signIn(other, "ada", PASSWORD);
            page.navigate(address("/sign-out"));
            page.getByText("Change your password").click();
            photograph(page, "change-password");
            change(page, "guess", NEW_PASSWORD, NEW_PASSWORD);
            assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("Your current password is not right");
            change(page, PASSWORD, NEW_PASSWORD, NEW_PASSWORD + "x");
            assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("not the same");
            photograph(page, "change-password-again");
            InsideTheEngine.run(identities, () -> identities.unlockUser("ada")); // else the pause after a wrong one
            change(page, PASSWORD, NEW_PASSWORD, NEW_PASSWORD);
            assertThat(page.url()).endsWith("/sign-in?password-set");

            for (Page ended : List.of(page, other)) {
                ended.navigate(address("/change-password"));
                assertThat(ended.url()).endsWith("/sign-in");
            }
            signIn(other, "ada", NEW_PASSWORD);
        }
        assertThat(api("ada", PASSWORD, "GET", "/api/v1/people", "").statusCode())
                .isEqualTo(401);
    }

    private void theyLetSomebodyElseIn(ChromiumBrowser browser, Page page) {
        InsideTheEngine.run(identities, () -> identities.unlockUser("ada")); // else the pause after a wrong one
        assertThat(api(
                                "ada",
                                NEW_PASSWORD,
                                "POST",
                                "/api/v1/people",
                                """
                        {"id": "bo", "name": "Bo <script>Ek", "roles": ["requester"]}""")
                        .statusCode())
                .isEqualTo(201);
        String made = api("ada", NEW_PASSWORD, "POST", "/api/v1/people/bo/password-links", "")
                .body();
        String link = JsonPath.read(made, "$.link");
        try (BrowserContext bo = browser.newPerson()) {
            Page choosing = bo.newPage();
            choosing.navigate(link);
            photograph(choosing, "set-password");
            assertThat(choosing.locator("main").textContent()).contains("Bo <script>Ek");
            assertThat(forged(URI.create(link).getPath(), "password=" + PASSWORD + "&again=" + PASSWORD))
                    .isEqualTo(403);
            choose(choosing, "short", "short");
            assertThat(choosing.getByRole(AriaRole.ALERT).textContent()).contains("at least 15");
            choose(choosing, "glacier postman tulips", "glacier postman tulips");
            assertThat(choosing.url()).endsWith("/sign-in?password-set");
            assertThat(choosing.navigate(link).status()).isEqualTo(410);
            signIn(choosing, "bo", "glacier postman tulips");
        }
    }

    private void signIn(Page page, String name, String password) {
        page.navigate(address("/sign-in"));
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON).click();
        page.navigate(address("/sign-out"));
        assertThat(page.locator("main").textContent()).contains("You are signed in as " + name);
    }

    private static void change(Page page, String old, String password, String again) {
        page.getByLabel("Current password").fill(old);
        page.getByLabel("New password", new Page.GetByLabelOptions().setExact(true))
                .fill(password);
        page.getByLabel("New password once more").fill(again);
        page.getByRole(AriaRole.BUTTON).click();
    }

    private static void choose(Page page, String password, String again) {
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.getByLabel("Password once more").fill(again);
        page.getByRole(AriaRole.BUTTON).click();
    }

    /** A form that a page of another site sends, without the token of ours. */
    private int forged(String path, String form) {
        return send(HttpRequest.newBuilder(URI.create(address(path)))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.replace(' ', '+')))
                        .build())
                .statusCode();
    }

    private HttpResponse<String> api(String person, String password, String method, String path, String body) {
        String credentials =
                Base64.getEncoder().encodeToString((person + ":" + password).getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(address(path)))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String stored(String id) {
        return jdbc.sql("select PWD_ from ACT_ID_USER where ID_ = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private static void fill(Page page, String id, String name, String password, String again) {
        page.getByLabel("Name to sign in with").fill(id);
        page.getByLabel("Full name").fill(name);
        page.getByLabel("Password", new Page.GetByLabelOptions().setExact(true)).fill(password);
        page.getByLabel("Password once more").fill(again);
        page.getByRole(AriaRole.BUTTON).click();
    }

    static void photograph(Page page, String name) {
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + "-phone.png")));
        page.setViewportSize(1280, 800);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + ".png")));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
