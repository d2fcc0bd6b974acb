package io.gatehouse.release.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.release.risk.RiskContent;
import io.gatehouse.release.risk.RiskEntry;
import io.gatehouse.release.risk.RiskRegister;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.SignedIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Somebody who signed in looks in a browser how releases stand. */
@EngineTest
@NeedsChromium
class ReleasePagesTests {

    private static final String WIDER_THAN_THE_WINDOW = "document.documentElement.scrollWidth > innerWidth";

    @LocalServerPort
    private int port;

    @Autowired
    private RiskRegister register;

    @Test
    void aReleaseIsFoundInTheListAndItsPageFitsADeskAndATelephone(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            List<String> complaints = new ArrayList<>();
            person.onConsoleMessage(message -> complaints.add(message.text()));
            Page page = signedIn(person);
            assertThat(page.navigate(address("/releases")).status()).isEqualTo(200);
            fits(page, "releases");
            page.click("nav >> text=testing");
            assertThat(page.locator(".shelf li").count()).isPositive();
            page.click(".shelf a >> nth=0");
            assertThat(page.locator("h1").textContent()).contains("REL-");
            fits(page, "status-of-a-release");
            assertThat(page.locator("text=On one sheet, to print").count()).isEqualTo(1);

            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aReleaseSaysWhichChangesCarryItAndWhy(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = signedIn(person);
            page.navigate(address("/releases"));
            page.click("nav >> text=closed");
            page.click(".shelf a:has-text('stevedore')");

            assertThat(page.locator("section:has-text('Changes that carry it') >> li")
                            .allTextContents())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("staging: CHG-")
                            .endsWith("a normal change, because no template of standard changes is named for it"))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("production: CHG-")
                            .endsWith("a standard change, because the template was reviewed for exactly this"
                                    + " (install-stevedore)"));
            fits(page, "carriers-of-a-release");
        }
    }

    @Test
    void whatIsOpenInTheRegisterFitsOnPageAndSheet(ChromiumBrowser browser) throws IOException {
        try (BrowserContext person = browser.newPerson()) {
            Page page = signedIn(person);
            page.navigate(address("/releases"));
            page.click("nav >> text=testing");
            String path = page.locator(".shelf a").first().getAttribute("href");
            String release = path.substring(path.lastIndexOf('/') + 1);
            for (int i = 0; i < 5; i++) {
                raise(
                        release,
                        RiskEntry.Kind.RISK,
                        "The client for the new storage is late and " + i,
                        1 + i % 5,
                        false);
                raise(
                        release,
                        RiskEntry.Kind.ISSUE,
                        "Résumé & <b>resize</b> fails in the rack of vendor " + i,
                        null,
                        i == 2);
            }

            page.navigate(address(path));
            fits(page, "status-with-a-register");
            assertThat(page.locator("section:has(h2:text('Top risks')) li").count())
                    .isEqualTo(3);
            assertThat(page.locator("section:has(h2:text('Open issues')) li")
                            .first()
                            .textContent())
                    .contains("OVERDUE, BLOCKS IT", "<b>resize</b>", "vendor 2");
            Files.write(
                    Path.of("target", "screenshots", "status-with-a-register.pdf"),
                    person.request().get(address(path + "/sheet")).body());
        }
    }

    private void raise(
            String release, RiskEntry.Kind kind, String title, @Nullable Integer likelihood, boolean blocks) {
        RiskContent content = new RiskContent(
                title, null, "rolf", null, LocalDate.now(ZoneOffset.UTC).minusDays(2), blocks, false);
        SignedIn.ROLF.runs(() -> register.raise(release, kind, content, likelihood, 4));
    }

    @Test
    void whatIsNotThereIsSaidAlongWithWhatThereIs(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = signedIn(person);
            for (String missing :
                    List.of("/releases/REL-1999-001", "/releases/no/sheet", "/releases/no/documents/RUNBOOK")) {
                assertThat(page.navigate(address(missing)).status()).as(missing).isEqualTo(404);
                assertThat(page.locator(".wrong").textContent()).startsWith("There is no release");
                assertThat(page.locator(".shelf a").count()).isPositive();
            }
        }
    }

    @Test
    void theSheetIsAPdf(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = signedIn(person);
            page.navigate(address("/releases"));
            String first = page.locator(".shelf a").first().getAttribute("href");

            byte[] sheet = person.request().get(address(first + "/sheet")).body();

            assertThat(new String(sheet, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
        }
    }

    @Test
    void whoHasNotSignedInIsLedToTheSignIn(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            page.navigate(address("/releases"));
            assertThat(page.url()).contains("/sign-in");
        }
    }

    private static void fits(Page page, String name) {
        for (int width : new int[] {1280, 390}) {
            page.setViewportSize(width, 800);
            assertThat(page.evaluate(WIDER_THAN_THE_WINDOW))
                    .as("%s at %d", name, width)
                    .isEqualTo(false);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target", "screenshots", name + "-" + width + ".png")));
        }
        page.setViewportSize(1280, 800);
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

    private String address(String path) {
        return "http://localhost:" + port + path;
    }
}
