package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Link;
import io.gatehouse.change.Plans;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whatever a requester writes is text to whoever is asked to approve it: no script, no picture, no made-up line. */
@EngineTest
@NeedsChromium
class HostileTextTests {

    private static final String SCRIPT = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    private static final String MARKUP = "**bold** [click](http://evil.example) ![seen](http://evil.example/i.png) `c`";

    @LocalServerPort
    private int port;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void isShownAsItWasWritten(ChromiumBrowser browser) {
        ChangeFixture.catalog(jdbc);
        ChangeContent plain = ChangeFixture.content(
                "keystone", "production", ChangeFixture.windowIn(Instant.now(), Duration.ofHours(1)));
        String title = "Upgrade <b>x</b> & y " + SCRIPT + " " + MARKUP + " <br><b>Risk:</b> LOW 3 < 4";
        ChangeContent hostile = new ChangeContent(
                title,
                SCRIPT + MARKUP,
                plain.services(),
                plain.environment(),
                plain.window(),
                new Plans(SCRIPT, SCRIPT, SCRIPT, SCRIPT),
                plain.questionnaire(),
                List.of(new Link(SCRIPT, "https://tickets.example/1")),
                plain.artifacts());
        Person rita = new Person("rita", Set.of("requester"));
        Change change = SignedIn.RITA.does(
                () -> process.submit(rita, process.raise(rita, hostile).number()));

        try (TasklistPage tasklist =
                TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), "theo")) {
            tasklist.claim("Review technically", change.number());
            tasklist.screenshot(Path.of("target/screenshots/hostile-text.png"));

            assertThat(tasklist.form()).contains(change.number() + " · " + title);
            assertThat(tasklist.count(".fjs-form img, .fjs-form script, .fjs-form a[href*=evil], .fjs-form b"))
                    .isZero();
            assertThat(tasklist.evaluate("String(window.hacked)")).isEqualTo("undefined");
        }
    }
}
