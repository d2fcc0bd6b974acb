package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.manual;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People answer in the Tasklist what no machine can: whether a step ran, and whether the deployment works. */
@EngineTest
@NeedsChromium
class OpenQuestionFormsTests {

    private static final String LONG =
            "The page of the account shows the balance of yesterday evening and none of what was"
                    + " booked while the database was away, and the reference " + "0123456789".repeat(9) + " is found";

    @LocalServerPort
    private int port;

    @Autowired
    private AutowireCapableBeanFactory beans;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private ManualSteps work;

    @Autowired
    private JdbcClient jdbc;

    private RolloutDriver driver;

    @BeforeEach
    void drive() {
        driver = beans.createBean(RolloutDriver.class);
    }

    @Test
    void aStepThatNobodyKnowsOfIsFoundToHaveRun(ChromiumBrowser browser) {
        String number = driver.start(plan(step(Stage.DEPLOY_APPLICATION, "Deploy <b>web</b>", "taken-away")));
        // Its tool was called and then taken out of the configuration.
        awaitTask(number, () -> jdbc.sql(
                        "update rollout_command set maybe_sent = true, due_at = localtimestamp(6) where rollout_id = ?")
                .param(RolloutNumber.idOf(number))
                .update());

        try (TasklistPage tasklist = signIn(browser, "rolf")) {
            tasklist.onScreen(1280).claim("Resolve unknown step", number);
            tasklist.requireWholeAt(1280, "resolve-unknown-step");
            tasklist.requireWholeAt(390, "resolve-unknown-step");
            assertThat(tasklist.form()).contains("Nobody knows whether step 1 Deploy <b>web</b> (web) ran");
            assertThat(tasklist.field("What happened")).contains("No connector named taken-away is configured");
            assertThat(tasklist.field("All steps")).isEqualTo("1. Deploy <b>web</b> (web): UNKNOWN");
            tasklist.onScreen(1280)
                    .choose("It ran, or I have done it by hand: go on")
                    .fill("Reason", "The new version answers");
            assertThat(tasklist.complete()).isEqualTo(204);
        }

        driver.settle(number);
        assertThat(rollouts.steps(number)).singleElement().satisfies(step -> {
            assertThat(step.state()).isEqualTo(StepState.DONE);
            assertThat(step.detail()).contains("The new version answers");
        });
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
    }

    @Test
    void aDeploymentThatWorksIsAcceptedWithoutANote(ChromiumBrowser browser) {
        String number = deployed();

        try (TasklistPage tasklist = signIn(browser, "oskar")) {
            tasklist.onScreen(1280).claim("Verify deployment", number);
            tasklist.requireWholeAt(1280, "verify-deployment");
            tasklist.requireWholeAt(390, "verify-deployment");
            assertThat(tasklist.field("Verify")).isEqualTo("The front page answers\n" + LONG);
            assertThat(tasklist.field("Checks that failed")).isEqualTo("none");
            assertThat(tasklist.field("What ran")).isEqualTo("1. Cable (web): DONE");
            tasklist.onScreen(1280).choose("It works");
            assertThat(tasklist.complete()).isEqualTo(204);
        }

        driver.settle(number);
        assertThat(driver.waitsAt(number)).containsExactly("Gateway_Soak");
    }

    @Test
    void aDeploymentThatDoesNotWorkIsUndoneOnceSomebodySaysWhy(ChromiumBrowser browser) {
        String number = deployed();

        try (TasklistPage tasklist = signIn(browser, "oskar")) {
            tasklist.onScreen(390).claim("Verify deployment", number).choose("It does not work: undo everything");
            assertThat(tasklist.complete()).as("without a reason").isEqualTo(400);
            tasklist.closeMessage().fill("What you saw", "The front page is blank");
            assertThat(tasklist.complete()).isEqualTo(204);
        }

        driver.settle(number);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLING_BACK);
        assertThat(rollouts.find(number).rollbackBecause()).contains("The front page is blank");
    }

    /** By hand, and with something to verify afterwards. */
    private String deployed() {
        ManualWork swap = new ManualWork("Swap the cable", List.of("The light is green"));
        String number = driver.start(new RolloutPlan(
                RolloutPlan.STANDARD_PROCESS,
                List.of(manual(Stage.DEPLOY_APPLICATION, "Cable", swap)),
                Map.of(),
                List.of("The front page answers", LONG),
                Duration.ofHours(1),
                OnFailedVerification.ROLL_BACK));
        awaitTask(number, () -> 0);
        OSKAR.runs(() -> work.report(number, 1, WorkResult.DONE, new TreeSet<>(List.of(1)), "Swapped"));
        driver.settle(number);
        return number;
    }

    private void awaitTask(String number, IntSupplier meanwhile) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            meanwhile.getAsInt();
            driver.settle(number);
            assertThat(driver.openTasks(number)).isNotEmpty();
        });
    }

    private TasklistPage signIn(ChromiumBrowser browser, String person) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), person);
    }
}
