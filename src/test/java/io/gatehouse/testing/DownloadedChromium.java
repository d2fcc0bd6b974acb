package io.gatehouse.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import java.nio.file.Path;
import java.time.Duration;

/** The Chromium that Playwright downloads into its own cache. */
record DownloadedChromium() implements ChromiumSource {

    @Override
    public Browser launch(BrowserType chromium) {
        Program.Result installed = Program.run(
                Duration.ofMinutes(5),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "com.microsoft.playwright.CLI",
                "install",
                "chromium");
        if (installed.failed()) {
            throw new ResourceUnavailableException("Playwright's own could not be downloaded");
        }
        return ChromiumSource.launch(chromium, ChromiumSource.options(), "Playwright's own");
    }
}
