package io.gatehouse.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Playwright;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A real Chromium without a display; used by the thread that opened it only.
 *
 * <p>Taken from, in this order: {@code CHROMIUM_PATH} or the {@code PATH}; Playwright's own download; the distribution's
 * package.
 */
public final class ChromiumBrowser implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;
    private final BrowserLog log = new BrowserLog();

    private ChromiumBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts a browser with an empty profile.
     *
     * @throws ResourceUnavailableException if this machine has no way to one
     */
    public static ChromiumBrowser open() {
        // Else the library would fetch three browsers before anybody asked for one.
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new ChromiumBrowser(playwright, launch(playwright));
        } catch (ResourceUnavailableException e) {
            playwright.close();
            throw e;
        }
    }

    private static Browser launch(Playwright playwright) {
        InstalledChromium installed = new InstalledChromium(System.getenv());
        List<ChromiumSource> sources = installed.isNamed()
                ? List.of(installed)
                : List.of(installed, new DownloadedChromium(), new PackagedChromium());
        List<String> reasons = new ArrayList<>();
        for (ChromiumSource source : sources) {
            try {
                return source.launch(playwright.chromium());
            } catch (ResourceUnavailableException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new ResourceUnavailableException("No browser to test with: " + String.join(", ", reasons) + ".");
    }

    /** Starts a session without cookies, as one more person at a machine of their own; the caller closes it. */
    public BrowserContext newPerson() {
        return listenedTo(browser.newContext());
    }

    /** As a new person, who tells the browser a name and a password where a server asks for them. */
    public BrowserContext newPersonWhoTells(String name, String password) {
        return listenedTo(browser.newContext(new Browser.NewContextOptions().setHttpCredentials(name, password)));
    }

    private BrowserContext listenedTo(BrowserContext person) {
        log.listenTo(person);
        return person;
    }

    BrowserLog log() {
        return log;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
