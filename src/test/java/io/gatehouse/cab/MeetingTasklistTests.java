package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** The chair of the sample organisation's board opens and closes its meeting in the Tasklist; others read the minutes. */
@EngineTest
@NeedsChromium
class MeetingTasklistTests {

    private static final int[] WIDTHS = {1280, 390};

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private Meetings meetings;

    @Test
    void theChairOpensAMeetingAndClosesItAndEverybodyReadsTheMinutes(ChromiumBrowser browser) {
        SampleMeeting sample = new SampleMeeting(context);
        String number = sample.ready();
        String listed = sample.listed(number);

        try (TasklistPage tasklist = signIn(browser)) {
            tasklist.onScreen(1280).claimToConfirm("Open meeting", number);
            tasklist.requireWholeAt(1280, "open-meeting");
            tasklist.requireWholeAt(390, "open-meeting");
            assertThat(tasklist.form()).contains(number, "Change advisory board", "Planned for", listed);
            tasklist.onScreen(1280);
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(meetings.find(number).state()).isEqualTo(Meeting.State.OPEN);
        assertThat(meetings.find(number).openedBy()).isEqualTo("chris");

        try (TasklistPage tasklist = signIn(browser)) {
            tasklist.onScreen(1280).claimToConfirm("Close meeting", number);
            tasklist.requireWholeAt(1280, "close-meeting");
            tasklist.requireWholeAt(390, "close-meeting");
            assertThat(tasklist.form()).contains("Present: chris (chair)", listed);
            assertThat(tasklist.form()).contains("On the board: carla, delegate petra (business); chris (chair)");
            assertThat(tasklist.field("Who is there")).isEqualTo("chris");
            tasklist.onScreen(390).fill("Remarks for the minutes", "Started late <sorry>");
            tasklist.fill("Who is there", "chris\nrita");
            assertThat(tasklist.complete()).as("rita is not of the board").isEqualTo(400);
            tasklist.closeMessage().fill("Who is there", "chris\ncarla\n\n rolf ");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        Meeting closed = meetings.find(number);
        assertThat(closed.state()).isEqualTo(Meeting.State.CLOSED);
        assertThat(closed.attendance())
                .extracting(Attendee::person, Attendee::seat, Attendee::notedBy)
                .containsExactly(
                        tuple("carla", "business", "chris"),
                        tuple("chris", "chair", "chris"),
                        tuple("rolf", "operations", "chris"));

        readMinutes(browser, number, listed);
    }

    private void readMinutes(ChromiumBrowser browser, String number, String listed) {
        try (BrowserContext rita = browser.newPerson()) {
            rita.setExtraHTTPHeaders(Map.of(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder().encodeToString("rita:rita-sample".getBytes(StandardCharsets.UTF_8))));
            Page page = rita.newPage();
            page.navigate("http://127.0.0.1:" + port + "/api/v1/meetings/" + number + "/minutes");
            for (int width : WIDTHS) {
                page.setViewportSize(width, 900);
                page.screenshot(new Page.ScreenshotOptions()
                        .setPath(Path.of("target/screenshots/minutes-" + width + ".png"))
                        .setFullPage(true));
                assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as("nothing is beyond the window at " + width)
                        .isEqualTo(true);
            }
            assertThat(page.innerText("main"))
                    .contains("Minutes of " + number, listed, "by chris", "Started late <sorry>")
                    .contains("carla (business), chris (chair), rolf (operations)")
                    .containsPattern("Quorum\\s+present, which is 3 seats");
            assertThat(page.innerText("footer"))
                    .contains(String.valueOf(meetings.find(number).minutesSha256()));
            assertThat(page.evaluate("getComputedStyle(document.querySelector('dl')).display"))
                    .as("its style is let through")
                    .isEqualTo("grid");
        }
    }

    private TasklistPage signIn(ChromiumBrowser browser) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), "chris");
    }
}
