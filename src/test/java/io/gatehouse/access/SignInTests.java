package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistSession;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One sign-in, one session and one sign-out for everything that is opened in a browser. */
@EngineTest
@NeedsChromium
class SignInTests {

    private static final String TASKLIST = "/camunda/app/tasklist/default/";
    private static final String ENGINES_OWN_SIGN_IN = "/camunda/api/admin/auth/user/default/login/tasklist";

    @LocalServerPort
    private int port;

    @Test
    void oneSignInOpensTheTasklistAndOneSignOutEndsIt(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            page.navigate(address(TASKLIST));
            assertThat(page.url()).endsWith("/sign-in");
            photograph(page, "sign-in");

            signIn(page, "mona", "mona-sample");
            assertThat(page.url()).contains(TASKLIST);
            page.waitForSelector(".logout", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
            page.waitForSelector(
                    "text=Mona Manager", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));

            page.locator(".account .dropdown-toggle, .account > a").first().click();
            page.locator(".logout a").first().click();
            page.waitForURL("**/sign-out");
            photograph(page, "sign-out");
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.url()).endsWith("/sign-in?signed-out");

            page.navigate(address(TASKLIST));
            assertThat(page.url()).endsWith("/sign-in");
        }
    }

    @ParameterizedTest
    @CsvSource({"tasklist, mona", "cockpit, oskar", "admin, adam"})
    void everyApplicationLeadsToTheOneSignOut(String application, String name, ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            page.navigate(address("/camunda/app/" + application + "/default/"));
            signIn(page, name, name + "-sample");
            page.waitForSelector(
                    ".logout a", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
            page.waitForLoadState(LoadState.NETWORKIDLE);

            page.locator(".logout a").first().dispatchEvent("click");

            page.waitForURL("**/sign-out");
        }
    }

    @Test
    void saysThatAPasswordIsWrongAndNotWhose(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            page.navigate(address("/sign-in"));

            signIn(page, "mona", "guess");
            String known = page.getByRole(AriaRole.ALERT).textContent();
            photograph(page, "sign-in-refused");
            signIn(page, "nobody-of-that-name", "guess");

            assertThat(page.getByRole(AriaRole.ALERT).textContent())
                    .isEqualTo(known)
                    .contains("do not go together");
        }
    }

    @Test
    void theEnginesOwnSignInIsClosed() {
        HttpResponse<String> answer =
                TasklistSession.of("mona", port).form(ENGINES_OWN_SIGN_IN, "username=mona&password=mona-sample");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void anEndedSessionIsToldToTheTasklistAsSuch() {
        assertThat(TasklistSession.anonymous(port).engine("POST", "task", "{}").statusCode())
                .isEqualTo(401);
    }

    @Test
    void theApiKnowsNoSession() {
        HttpResponse<String> answer = TasklistSession.of("mona", port).call("GET", "/api/v1/changes", "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Basic realm=\"Gatehouse\"");
    }

    @Test
    void nobodyIsSignedInOrOutByAForgedForm() {
        TasklistSession mona = TasklistSession.of("mona", port);

        assertThat(mona.form("/sign-out", "").statusCode()).isEqualTo(403);
        assertThat(mona.form("/sign-in", "name=rita&password=rita-sample").statusCode())
                .isEqualTo(403);
        assertThat(mona.engine("POST", "task/count", "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void theCookieOfTheSessionIsKeptFromScriptsAndOtherSites() {
        HttpResponse<String> answer = TasklistSession.anonymous(port).call("GET", "/sign-in", "");

        assertThat(answer.headers().allValues("Set-Cookie"))
                .filteredOn(cookie -> cookie.startsWith("GATEHOUSE="))
                .singleElement()
                .asString()
                .contains("HttpOnly", "SameSite=Lax");
    }

    private static void signIn(Page page, String name, String password) {
        page.getByLabel("Name").fill(name);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON).click();
    }

    private static void photograph(Page page, String name) {
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + "-phone.png")));
        page.setViewportSize(1280, 800);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + ".png")));
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
