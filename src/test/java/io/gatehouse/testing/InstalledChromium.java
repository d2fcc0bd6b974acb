package io.gatehouse.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The browser named by {@code CHROMIUM_PATH}, else the first Chromium or Chrome on the {@code PATH}. The one without
 * windows comes first, as it does with Playwright's own downloads: it draws the same with a quarter less of work.
 */
record InstalledChromium(Map<String, String> environment) implements ChromiumSource {

    static final String VARIABLE = "CHROMIUM_PATH";

    private static final List<String> NAMES =
            List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    boolean isNamed() {
        return environment.containsKey(VARIABLE);
    }

    @Override
    public Browser launch(BrowserType chromium) {
        Path executable = executable();
        return ChromiumSource.launch(
                chromium, ChromiumSource.options().setExecutablePath(executable), executable.toString());
    }

    private Path executable() {
        String named = environment.get(VARIABLE);
        if (named != null) {
            return Path.of(named);
        }
        return NAMES.stream()
                .flatMap(Program::onPath)
                .findFirst()
                .orElseThrow(() -> new ResourceUnavailableException("no Chromium or Chrome is installed"));
    }
}
