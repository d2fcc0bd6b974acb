package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.manual;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Whoever works by hand sees what to do and ticks it off, on a desk and on a telephone. */
@EngineTest
@NeedsChromium
class WorkByHandFormsTests {

    private static final String HOSTILE = "<b>Bold</b> {{number}} [link](https://example.com) *is seen as written*";

    /** As long as an item may be, with a word that is wider than a telephone. */
    private static final String LONG = "The log of the switch says " + "link-up".repeat(12)
            + " and nothing of what it said last time, when both ends had to be swapped twice.";

    private static final ManualWork WORK = new ManualWork(
            "1. Tell the hall that you are coming.\n2. Swap the cable of rack 7.\n3. Wait for the light.",
            List.of("The cable is in", "The light is green", HOSTILE, LONG));

    @LocalServerPort
    private int port;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private Rollouts rollouts;

    @Test
    void aStepIsDoneOnceEveryBoxIsTicked(ChromiumBrowser browser) {
        String number = asked();

        try (TasklistPage tasklist = signIn(browser)) {
            tasklist.onScreen(1280).claim("Work by hand", number);
            tasklist.requireWholeAt(1280, "work-by-hand");
            tasklist.requireWholeAt(390, "work-by-hand");
            assertThat(tasklist.form()).contains("Do step 1 Cable (web)", "The cable is in", HOSTILE);
            assertThat(tasklist.field("What to do")).isEqualTo(WORK.instructions());
            assertThat(tasklist.count(".fjs-form input[type=checkbox]")).isEqualTo(4);

            tasklist.onScreen(1280)
                    .tick("The cable is in")
                    .tick("is seen as written")
                    .tick("twice.");
            tasklist.choose("Done");
            assertThat(tasklist.complete()).isEqualTo(400);
            assertThat(rollouts.reports(number)).isEmpty();

            tasklist.closeMessage().tick("The light is green").fill("What you did and saw", "It was the blue one");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(rollouts.reports(number).get(1)).singleElement().satisfies(report -> {
            assertThat(report.by()).isEqualTo("oskar");
            assertThat(report.ticked()).containsExactly(1, 2, 3, 4);
            assertThat(report.note()).isEqualTo("It was the blue one");
        });
    }

    @Test
    void aStepFailsWithAReason(ChromiumBrowser browser) {
        String number = asked();

        try (TasklistPage tasklist = signIn(browser)) {
            tasklist.onScreen(390).claim("Work by hand", number);
            tasklist.tick("The cable is in").choose("It failed").fill("What you did and saw", "No light");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(rollouts.reports(number).get(1)).singleElement().satisfies(report -> {
            assertThat(report.result()).isEqualTo(WorkResult.FAILED);
            assertThat(report.ticked()).containsExactly(1);
            assertThat(report.note()).isEqualTo("No light");
        });
    }

    private String asked() {
        RolloutDriver driver = beans.createBean(RolloutDriver.class);
        String number = driver.start(plan(manual(Stage.DEPLOY_APPLICATION, "Cable", WORK)));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            driver.dispatchOnce();
            assertThat(driver.openTasks(number)).isNotEmpty();
        });
        return number;
    }

    private TasklistPage signIn(ChromiumBrowser browser) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), "oskar");
    }
}
