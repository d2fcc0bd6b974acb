package io.gatehouse.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@NeedsChromium
class ChromiumBrowserTests {

    private HttpServer server;

    @BeforeEach
    void serveOnePage() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = "<script>document.title = 'Gate ' + (6 * 7)</script>".getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Set-Cookie", "seen=yes");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServing() {
        server.stop(0);
    }

    @Test
    void rendersAPageWithItsScripts(ChromiumBrowser browser) {
        try (BrowserContext person = browser.newPerson()) {
            assertThat(open(person).title()).isEqualTo("Gate 42");
        }
    }

    @Test
    void keepsPeopleApart(ChromiumBrowser browser) {
        try (BrowserContext one = browser.newPerson();
                BrowserContext other = browser.newPerson()) {
            open(one);

            assertThat(one.cookies()).extracting(cookie -> cookie.name).containsExactly("seen");
            assertThat(other.cookies()).isEmpty();
        }
    }

    private Page open(BrowserContext person) {
        Page page = person.newPage();
        page.navigate("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return page;
    }
}
