package io.gatehouse.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;

/** The Chromium of the distribution, installed when nothing else is there. */
record PackagedChromium() implements ChromiumSource {

    @Override
    public Browser launch(BrowserType chromium) {
        new DistributionPackage("chromium").install();
        return new InstalledChromium(System.getenv()).launch(chromium);
    }
}
