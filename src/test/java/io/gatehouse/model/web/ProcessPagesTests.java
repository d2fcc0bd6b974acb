package io.gatehouse.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Somebody looks in a browser at how things go here: every process and every table that is deployed. */
@EngineTest
@NeedsChromium
class ProcessPagesTests {

    /** One of each kind: a full page takes a second to photograph. */
    private static final List<String> PHOTOGRAPHED = List.of("/processes/NormalChange", "/processes/ChooseApprovers");

    private static final String WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > innerWidth";

    @LocalServerPort
    private int port;

    @Test
    void everyProcessAndEveryTableHasAPageThatFitsADeskAndATelephone(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            List<String> complaints = new ArrayList<>();
            person.onConsoleMessage(message -> complaints.add(message.text()));
            Page page = signedIn(person);
            assertThat(page.navigate(address("/processes")).status()).isEqualTo(200);
            photograph(page, "processes");
            List<String> models = page.locator(".shelf a").all().stream()
                    .map(link -> link.getAttribute("href"))
                    .toList();
            assertThat(models).hasSizeGreaterThan(15).contains("/processes/NormalChange", "/processes/ChooseApprovers");

            for (String model : models) {
                assertThat(page.navigate(address(model)).status()).as(model).isEqualTo(200);
                assertThat(page.locator("tbody tr").count()).as(model).isPositive();
                for (int width : new int[] {1280, 390}) {
                    page.setViewportSize(width, 800);
                    assertThat(page.evaluate(WIDER_THAN_THE_WINDOW))
                            .as("%s at %d", model, width)
                            .isEqualTo(false);
                    if (PHOTOGRAPHED.contains(model)) {
                        photograph(page, model.substring(1).replace('/', '-') + "-" + width);
                    }
                }
            }

            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void theBoxesOfAPictureAreDrawnWithTheirColours(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = signedIn(person);
            page.navigate(address("/processes/NormalChange"));
            Locator box = page.locator("[data-element=Activity_ApproveChange] .shape");

            assertThat(box.evaluate("box => getComputedStyle(box).fill")).isEqualTo("rgb(255, 243, 209)");
            assertThat(page.locator("[data-element=Activity_ApproveChange] title")
                            .textContent())
                    .startsWith("One task per seat");
        }
    }

    @Test
    void whatIsNotThereIsSaidAlongWithWhatThereIs(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = signedIn(person);
            for (String missing : List.of(
                    "/processes/NoSuchProcess",
                    "/processes/NormalChange?version=4711",
                    "/processes/NormalChange?version=99999999999",
                    "/processes/NormalChange?version=x",
                    "/processes/ChooseApprovers?version=0")) {
                Response answer = page.navigate(address(missing));

                assertThat(answer.status()).as(missing).isEqualTo(404);
                assertThat(page.locator(".wrong").textContent()).startsWith("There is no ");
                assertThat(page.locator(".shelf a").count()).isPositive();
            }
            assertThat(page.navigate(address("/processes/NormalChange?version=1"))
                            .status())
                    .isEqualTo(200);
        }
    }

    private Page signedIn(BrowserContext person) {
        Page page = person.newPage();
        page.navigate(address("/sign-in"));
        page.fill("#name", "mona");
        page.fill("#password", "mona-sample");
        page.click("button[type=submit]");
        page.waitForURL("**/camunda/app/tasklist/**");
        return page;
    }

    private static void photograph(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", name + ".png")));
    }

    private String address(String path) {
        return "http://localhost:" + port + path;
    }
}
