package io.gatehouse.testing;

import static java.util.stream.Collectors.joining;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.PlaywrightException;
import java.util.List;

/** A way to a Chromium that runs without a display. */
interface ChromiumSource {

    // What a test machine lacks (display, graphics card, shared memory), and what would call home.
    List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage");

    /** @throws ResourceUnavailableException if this machine does not offer this way */
    Browser launch(BrowserType chromium);

    static BrowserType.LaunchOptions options() {
        return new BrowserType.LaunchOptions().setHeadless(true).setArgs(FLAGS);
    }

    static Browser launch(BrowserType chromium, BrowserType.LaunchOptions options, String name) {
        try {
            return chromium.launch(options);
        } catch (PlaywrightException e) {
            String reason = String.valueOf(e.getMessage())
                    .lines()
                    .limit(2)
                    .collect(joining())
                    .replace("Error {  message='", "");
            throw new ResourceUnavailableException(name + " does not start (" + reason + ")");
        }
    }
}
