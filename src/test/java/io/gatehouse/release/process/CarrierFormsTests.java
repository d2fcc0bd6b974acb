package io.gatehouse.release.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.release.ReleaseContent;
import io.gatehouse.release.ReleaseState;
import io.gatehouse.release.Releases;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever confirms a package sees in the Tasklist which kind of change would carry it, although no table lets them ask. */
@EngineTest
@NeedsChromium
class CarrierFormsTests {

    @LocalServerPort
    private int port;

    @Autowired
    private Releases releases;

    @Test
    void aPackageIsConfirmedKnowingByWhichChangeItGoes(ChromiumBrowser browser) {
        Instant opens = Instant.now().plus(Duration.ofDays(3)).truncatedTo(ChronoUnit.HOURS);
        ReleaseContent content = new ReleaseContent(
                "A mended stevedore",
                null,
                "rolf",
                null,
                null,
                opens.atZone(ZoneOffset.UTC).toLocalDate(),
                "production",
                new Window(opens, opens.plus(Duration.ofHours(2))),
                Plans.NONE,
                new Questionnaire(false, false, true),
                List.of(new Artifact("stevedore", "5.7.1", null)),
                ReleaseContent.USUAL_SEATS,
                List.of(),
                null,
                "install-stevedore",
                null);
        String number = SignedIn.ROLF.does(
                () -> releases.start(releases.plan(content).number()).number());

        try (TasklistPage tasklist =
                TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), "rolf")) {
            tasklist.onScreen(1280).claim("Confirm package", number);
            assertThat(tasklist.form())
                    .contains("as things are, a standard change, because the template was reviewed for exactly this"
                            + " (install-stevedore)");
            tasklist.requireWholeAt(1280, "confirm-package");
            tasklist.requireWholeAt(390, "confirm-package");
            tasklist.onScreen(1280);
            tasklist.choose("Give the release up").fill("Reason", "It was only looked at");
            assertThat(tasklist.complete()).isEqualTo(204);
        }

        assertThat(releases.find(number).state()).isEqualTo(ReleaseState.RETIRED);
    }
}
