package io.gatehouse.access.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.KeycloakRealm;
import io.gatehouse.testing.KeycloakServer;
import io.gatehouse.testing.NeedsChromium;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** One sign-in at Keycloak, one session and one sign-out for everything that is opened in a browser. */
@NeedsChromium
class KeycloakBrowserTests extends KeycloakApplication {

    /** Two texts in JSON and a signature; Keycloak's own pages have addresses with one. */
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]+\\.eyJ[\\w-]+\\.");

    @Test
    void oneSignInAtKeycloakOpensTheTasklistAndOneSignOutEndsItThereToo(
            ChromiumBrowser browser, KeycloakServer keycloak) {
        keycloak.realm().addPerson("browser-mona", "change-manager");
        try (BrowserContext person = browser.newPerson()) {
            List<String> addresses = new ArrayList<>();
            person.onRequest(request -> addresses.add(request.url()));
            Page page = person.newPage();
            page.navigate(address(TASKLIST).toString());
            assertThat(page.url()).startsWith(keycloak.issuer().toString());

            logIn(page, "browser-mona");
            page.waitForURL(address(TASKLIST) + "**");
            seesName(page, "browser-mona Test");
            for (String other : List.of("cockpit", "admin", "welcome")) {
                page.navigate(address("/camunda/app/" + other + "/default/").toString());
                assertThat(page.url()).as("asks nobody again").startsWith(gatehouse() + "/camunda/app/");
            }
            page.navigate(address(TASKLIST).toString());
            seesName(page, "browser-mona Test");
            assertThat(keptIn(person, page)).doesNotContainPattern(TOKEN);

            page.locator(".account .dropdown-toggle, .account > a").first().click();
            page.locator(".logout a").first().click();
            page.waitForURL("**/sign-out");
            photograph(page, "keycloak-sign-out");
            page.getByRole(AriaRole.BUTTON).click();
            assertThat(page.url()).endsWith("/sign-in?signed-out");
            photograph(page, "keycloak-signed-out");

            page.getByText("Sign in with Keycloak").click();
            page.waitForSelector("#password");
            assertThat(page.url()).startsWith(keycloak.issuer().toString());
            assertThat(addresses).noneMatch(address -> TOKEN.matcher(address).find());
        }
    }

    @Test
    void oneSignInOpensTasklistCockpitAndAdminAndOneSignOutEndsAllThree(
            ChromiumBrowser browser, KeycloakServer keycloak) {
        keycloak.realm().addPerson("browser-alma", "auditor");
        keycloak.realm().addPerson("browser-rita", "requester");
        try (BrowserContext person = browser.newPerson()) {
            List<String> signIns = new ArrayList<>();
            person.onRequest(request -> {
                if (request.url().startsWith(keycloak.issuer() + "/protocol/openid-connect/auth")) {
                    signIns.add(request.url());
                }
            });
            Page page = person.newPage();
            page.setDefaultTimeout(20_000);
            page.navigate(address("/camunda/app/admin/default/").toString());
            logIn(page, "browser-alma");
            page.waitForURL(address("/camunda/app/admin/") + "**");
            page.waitForSelector("text=Camunda Admin");

            page.navigate(address("/camunda/app/admin/default/#/users").toString());
            page.waitForSelector("text=browser-rita");
            photograph(page, "keycloak-admin-users");
            page.navigate(address("/camunda/app/admin/default/#/groups").toString());
            page.waitForSelector("text=release-manager");
            page.navigate(address("/camunda/app/cockpit/default/").toString());
            page.waitForSelector("text=Camunda Cockpit");
            seesName(page, "browser-alma Test");
            page.navigate(address(TASKLIST).toString());
            seesName(page, "browser-alma Test");
            page.navigate(address("/camunda/app/admin/default/").toString());
            seesName(page, "browser-alma Test");
            assertThat(signIns).as("asked once at Keycloak").hasSize(1);

            page.locator(".account .dropdown-toggle, .account > a").first().click();
            page.locator(".logout a").first().click();
            page.waitForURL("**/sign-out");
            page.getByRole(AriaRole.BUTTON).click();
            for (String application : List.of("tasklist", "cockpit", "admin")) {
                page.navigate(
                        address("/camunda/app/" + application + "/default/").toString());
                page.waitForSelector("#password");
                assertThat(page.url()).startsWith(keycloak.issuer().toString());
            }
        }
    }

    @Test
    void tellsWhomGatehouseRefusesWhyAndLetsThemComeAsSomebodyElse(ChromiumBrowser browser, KeycloakServer keycloak) {
        keycloak.realm().addPerson("browser-adam", "admin", "cab-member");
        try (BrowserContext person = browser.newPerson()) {
            Page page = person.newPage();
            page.navigate(address(TASKLIST).toString());
            logIn(page, "browser-adam");
            page.waitForURL("**/sign-in?refused");

            assertThat(page.getByRole(AriaRole.ALERT).textContent()).contains("admin and in cab-member");
            photograph(page, "keycloak-refused");
            page.getByText("Sign in with Keycloak").click();
            page.waitForURL("**/sign-in?refused");

            page.getByText("Sign out at Keycloak").click();
            page.locator("#kc-logout").click();
            page.waitForURL("**/sign-in?signed-out");
            page.getByText("Sign in with Keycloak").click();
            page.waitForSelector("#password");
        }
    }

    private static void seesName(Page page, String name) {
        page.waitForSelector("text=" + name, new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED));
    }

    /** Everything the browser has kept. */
    private static String keptIn(BrowserContext person, Page page) {
        StringBuilder kept = new StringBuilder();
        for (Cookie cookie : person.cookies(gatehouse().toString())) {
            kept.append(cookie.name).append('=').append(cookie.value).append('\n');
        }
        return kept.append(page.evaluate("JSON.stringify([localStorage, sessionStorage, history.state, document.URL])"))
                .toString();
    }

    private static void logIn(Page page, String name) {
        page.fill("#username", name);
        page.fill("#password", KeycloakRealm.PASSWORD);
        page.click("#kc-login");
    }

    private static void photograph(Page page, String name) {
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + "-phone.png")));
        page.setViewportSize(1280, 800);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/" + name + ".png")));
    }
}
