package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.manual;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A release manager decides in the Tasklist what becomes of a rollout that stands still. */
@EngineTest
@NeedsChromium
class RolloutDecisionFormsTests {

    @LocalServerPort
    private int port;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Rollbacks rollbacks;

    @Autowired
    private Aborts aborts;

    @Autowired
    private ManualSteps work;

    private RolloutDriver driver;

    @BeforeEach
    void drive() {
        driver = beans.createBean(RolloutDriver.class);
    }

    @Test
    void whatAnAbortedRolloutDidIsKept(ChromiumBrowser browser) {
        String number = driver.start(plan(cable("Cable"), cable("Second cable")));
        report(number, 1, WorkResult.DONE);
        ROLF.runs(() -> aborts.abort(number, "The hall is closed now"));
        report(number, 2, WorkResult.FAILED);

        decide(browser, number, "Decide on abort", "decide-on-abort", "Keep what is in place: the rollout ends here");

        driver.settle(number);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ABORTED);
        assertThat(rollouts.find(number).abort())
                .isEqualTo(new Abort("rolf", "The hall is closed now", "rolf", "Looked at by rolf"));
    }

    @Test
    void anUndoThatFailedIsMarkedAsDoneByHand(ChromiumBrowser browser) {
        String number = driver.start(plan(cable("Cable")));
        report(number, 1, WorkResult.DONE);
        ROLF.runs(() -> rollbacks.request(number, "Users see errors"));
        report(number, 1, WorkResult.FAILED);

        decide(browser, number, "Resolve failed undo", "resolve-failed-undo", "It has been undone by hand");

        driver.settle(number);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(rollouts.steps(number).get(0).detail()).contains("Looked at by rolf");
    }

    /** Waits until a person is asked, and reports for them. */
    private void report(String number, int seq, WorkResult result) {
        driver.settle(number);
        await().atMost(Duration.ofSeconds(60)).until(() -> work.waiting(number)
                .filter(waiting -> waiting.step().seq() == seq)
                .isPresent());
        OSKAR.runs(() -> work.report(
                number,
                seq,
                result,
                result == WorkResult.DONE ? new TreeSet<>(List.of(1)) : new TreeSet<>(),
                "The light is red"));
        driver.settle(number);
    }

    private void decide(ChromiumBrowser browser, String number, String task, String picture, String choice) {
        try (TasklistPage tasklist =
                TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), "rolf")) {
            tasklist.onScreen(1280).claim(task, number);
            tasklist.requireWholeAt(1280, picture);
            tasklist.requireWholeAt(390, picture);
            assertThat(tasklist.field("All steps")).startsWith("1. Cable (web): ");
            tasklist.onScreen(1280).choose(choice).fill("Reason", "Looked at by rolf");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
    }

    private static PlannedStep cable(String name) {
        return manual(Stage.DEPLOY_APPLICATION, name, new ManualWork("Swap the cable", List.of("The light is green")));
    }
}
