package io.gatehouse.people.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.OnH2;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** An installation without anybody in it, from the first line of its log on. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"camunda.bpm.job-execution.enabled=false", "camunda.bpm.webapp.enabled=false"})
@OnH2
@NeedsChromium
class PasswordPagesTests {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/first-administrator/[0-9A-Za-z]{43})");
    private static final String PASSWORD = "teapot rudder violin";

    @LocalServerPort
    private int port;

    @Test
    void theFirstAdministratorComesFromTheLogAndSignsIn(ChromiumBrowser browser, CapturedOutput output) {
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

            page.navigate(address(link));
            photograph(page, "first-administrator");
            fill(page, "Ada", "Ada First", "short", "short");
            assertThat(page.getByRole(AriaRole.ALERT).textContent())
                    .contains("at least 15 characters", "must be 1 to 64");
            photograph(page, "first-administrator-again");
            fill(page, "ada", "Ada First", PASSWORD, PASSWORD);
            assertThat(page.url()).endsWith("/sign-in?password-set");
            photograph(page, "password-set");

            page.getByLabel("Name").fill("ada");
            page.getByLabel("Password").fill(PASSWORD);
            page.getByRole(AriaRole.BUTTON).click();
            page.navigate(address("/sign-out"));
            assertThat(page.locator("main").textContent()).contains("You are signed in as ada");

            Response over = page.navigate(address(link));
            assertThat(over.status()).isEqualTo(410);
            assertThat(over.headers()).containsEntry("referrer-policy", "no-referrer");
            assertThat(over.headers().get("cache-control")).contains("no-store");
            photograph(page, "link-over");
            assertThat(asked)
                    .extracting(url -> URI.create(url).getPort())
                    .as("requests to others: %s", asked)
                    .containsOnly(port);
        }
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
