package io.gatehouse.breakglass;

import static io.gatehouse.breakglass.BreakGlassDriver.DELETION;
import static io.gatehouse.breakglass.BreakGlassDriver.RETRIES;
import static io.gatehouse.breakglass.BreakGlassDriver.WINDOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.engine.EngineTest;
import io.gatehouse.engine.Repair;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** Whoever grants or reviews sees everything that is named without looking for it, on a desk and on a telephone. */
@EngineTest
@NeedsChromium
class BreakGlassFormsTests {

    private static final String HOSTILE = "ON_HOLD\n\n- DELETE_JOB: at Event_Nowhere <b>" + "\n".repeat(300) + "end";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Autowired
    private BreakGlasses breakGlasses;

    @Test
    void everythingThatIsNamedIsSeen(ChromiumBrowser browser) {
        BreakGlassDriver driver = new BreakGlassDriver(context);
        String number = driver.asked(
                driver.changeWithFailedJob(),
                RETRIES,
                DELETION,
                new Repair(Repair.Kind.DELETE_JOB, WINDOW, null, null, null),
                new Repair(Repair.Kind.MOVE_TOKEN, WINDOW, "Activity_StartImplementation", null, null),
                new Repair(Repair.Kind.SET_VARIABLE, null, null, "outcome", HOSTILE),
                new Repair(Repair.Kind.MIGRATE, null, "2", null, null));

        try (TasklistPage tasklist = signIn(browser, "rolf")) {
            tasklist.onScreen(1280).claim("Grant break-glass", number);
            tasklist.requireWholeAt(1280, "grant-break-glass");
            tasklist.requireWholeAt(390, "grant-break-glass");
            assertThat(tasklist.form())
                    .contains("DELETE_JOB: at " + WINDOW, "MIGRATE: to 2", "- DELETE_JOB: at Event_Nowhere <b>");
            assertThat(tasklist.count(".fjs-form li")).isEqualTo(6);
            tasklist.onScreen(1280).choose("Yes").fill("Reason", "It has to go out today");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        SignedIn.OSKAR.runs(() -> breakGlasses.end(number));
        try (TasklistPage tasklist = signIn(browser, "mona")) {
            tasklist.onScreen(1280).claim("Review break-glass", number);
            tasklist.requireWholeAt(1280, "review-break-glass");
            tasklist.requireWholeAt(390, "review-break-glass");
        }
    }

    private TasklistPage signIn(ChromiumBrowser browser, String person) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), person);
    }
}
