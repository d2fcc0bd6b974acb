package io.gatehouse.release;

import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistPage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A release manager confirms, five seats vote in the Tasklist, one of them on a condition, which somebody meets. */
@EngineTest
@NeedsChromium
class GoNoGoTasklistTests {

    @LocalServerPort
    private int port;

    @Autowired
    private Releases releases;

    @Autowired
    private GoNoGoDecisions decisions;

    @Autowired
    private Criteria criteria;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private ManagementService jobs;

    @Test
    void fiveSeatsLetAReleaseGoOnACondition(ChromiumBrowser browser) {
        Instant opens = Instant.now().plus(Duration.ofDays(5)).truncatedTo(ChronoUnit.SECONDS);
        String number = started(opens);

        String criterion = ROLF.does(() -> criteria.add(
                        number,
                        new CriterionContent(
                                "The load test is green",
                                "A thousand machines in ten minutes, on the package as it is.",
                                null,
                                "qa-lead",
                                opens.minus(Duration.ofDays(1))))
                .number());
        try (TasklistPage tasklist = signIn(browser, "quinn")) {
            tasklist.onScreen(1280).claim("Confirm criterion", criterion);
            tasklist.requireWholeAt(1280, "confirm-criterion");
            tasklist.requireWholeAt(390, "confirm-criterion");
            tasklist.onScreen(1280);
            assertThat(tasklist.field("What has to be so")).isEqualTo("The load test is green");
            tasklist.choose("It is not met").fill("How to see it, or why it is not met", "One of them did not boot");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        assertThat(criteria.find(criterion).state()).isEqualTo(Criterion.State.NOT_MET);

        try (TasklistPage tasklist = signIn(browser, "rolf")) {
            tasklist.onScreen(1280).claim("Confirm package", number);
            tasklist.requireWholeAt(1280, "confirm-package");
            tasklist.requireWholeAt(390, "confirm-package");
            tasklist.onScreen(1280);
            assertThat(tasklist.field("Package")).isEqualTo("keystone 27.0.0\nnova 31.0.0 (sha256:9f86d081884c7d65)");
            assertThat(tasklist.choose("The package is complete").complete()).isEqualTo(204);
        }

        try (TasklistPage tasklist = signIn(browser, "quinn")) {
            tasklist.onScreen(1280).claim("Vote go or no go", number);
            tasklist.requireWholeAt(1280, "vote-go-or-no-go");
            tasklist.requireWholeAt(390, "vote-go-or-no-go");
            tasklist.onScreen(1280);
            assertThat(tasklist.form()).contains("Gazpacho, identity and compute", "qa-lead");
            assertThat(tasklist.field("Readiness when you were asked"))
                    .contains(
                            "Readiness 69 of 100",
                            "missing: digests, no digest says what exactly keystone gets; ask rolf, missing since",
                            "is not met, says quinn: One of them did not boot; ask qa-lead, missing since");
            tasklist.choose("Go, on conditions")
                    .fill("Reason", "One load test did not end")
                    .fill("Conditions", "Repeat the load test | ops-lead | " + opens.minus(Duration.ofHours(3)));
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        for (String person : List.of("petra", "rolf", "oskar", "sasha")) {
            try (TasklistPage tasklist = signIn(browser, person)) {
                tasklist.onScreen(1280).claim("Vote go or no go", number);
                assertThat(tasklist.choose("Go").fill("Reason", "Ready").complete())
                        .isEqualTo(204);
            }
        }
        GoNoGo decision = decisions.of(number).get(0);
        assertThat(decision.outcome()).isEqualTo(GoNoGoOutcome.CONDITIONAL_GO);
        assertThat(releases.find(number).state()).as("it waits").isEqualTo(ReleaseState.DECIDING);
        String condition = decision.conditions().get(0).number();

        try (TasklistPage tasklist = signIn(browser, "oskar")) {
            tasklist.onScreen(1280).claimToConfirm("Meet condition", condition);
            tasklist.requireWholeAt(1280, "meet-condition");
            tasklist.requireWholeAt(390, "meet-condition");
            tasklist.onScreen(1280);
            assertThat(tasklist.field("What is to be done")).isEqualTo("Repeat the load test");
            tasklist.fill("What was done and how to see it", "All green");
            assertThat(tasklist.complete()).isEqualTo(204);
        }
        goOn(number);

        Release going = releases.find(number);
        assertThat(going.state()).isEqualTo(ReleaseState.DEPLOYING);
        assertThat(going.progress().change()).startsWith("CHG-");
    }

    private String started(Instant opens) {
        Window window = ChangeFixture.windowIn(opens, Duration.ZERO);
        return ROLF.does(() -> releases.start(releases.plan(new ReleaseContent(
                                "Gazpacho, identity and compute",
                                "Nova needs the tokens of the new keystone, so both go together.",
                                "rolf",
                                null,
                                opens.atZone(ZoneOffset.UTC).toLocalDate(),
                                "production",
                                window,
                                new Plans("Keystone first, then nova", "Boot a machine", "Switch back both", null),
                                new Questionnaire(false, false, true),
                                List.of(
                                        new Artifact("keystone", "27.0.0", null),
                                        new Artifact("nova", "31.0.0", "sha256:9f86d081884c7d65")),
                                ReleaseContent.USUAL_SEATS,
                                List.of(),
                                null))
                        .number())
                .number());
    }

    /** What the executor does, which is off here. */
    private void goOn(String number) {
        execute(number, "GoNoGo", "Event_ConditionsSettled");
        execute(number, "Release", "Activity_RaiseProductionChange");
    }

    private void execute(String number, String process, String activity) {
        jobs.executeJob(jobs.createJobQuery()
                .activityId(activity)
                .processInstanceId(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(number, process)
                        .singleResult()
                        .getId())
                .singleResult()
                .getId());
    }

    private TasklistPage signIn(ChromiumBrowser browser, String person) {
        return TasklistPage.signIn(browser, URI.create("http://127.0.0.1:" + port + "/"), person);
    }
}
