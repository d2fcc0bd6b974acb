package io.gatehouse.rollout.spinnaker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.LooksBeforeItOrders;
import io.gatehouse.rollout.connector.StoppableToolContract;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Asked;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the descriptions of Gate's API. */
class SpinnakerConnectorTests implements LooksBeforeItOrders, StoppableToolContract {

    private static final String FIRST = "01KBA000000000000000000001";
    private static final Map<String, String> VERSION = Map.of("version", ".*");

    private final SpinnakerDouble spinnaker = new SpinnakerDouble();
    private final TestClock clock = new TestClock();
    private final SpinnakerConnector connector = connector(RIGHT);
    private final ConnectorCall call = spinnaker.run(Map.of("version", "2.0"));

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Override
    public SpinnakerDouble tool() {
        return spinnaker;
    }

    @Override
    public ConnectorCall order(String value) {
        return spinnaker.run(Map.of("version", value));
    }

    @Override
    public List<String> taken() {
        return spinnaker.executions.stream()
                .map(execution -> execution
                        .path("trigger")
                        .path("parameters")
                        .path("version")
                        .asText())
                .toList();
    }

    @Override
    public int takenStatus() {
        return 202;
    }

    @Override
    public SpinnakerConnector connector(String token) {
        return connector(Credential.bearer(SecretText.given(token)), "https://deck.example.com/", VERSION);
    }

    private SpinnakerConnector connector(Credential credential, @Nullable String ui, Map<String, String> parameters) {
        SpinnakerSettings settings = new SpinnakerSettings(
                spinnaker.url("/gate"),
                null,
                "stored:spinnaker-token",
                "payments",
                "Deploy & test",
                ui,
                parameters,
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
        return new SpinnakerConnector("deploy", settings, spinnaker.api("/gate", credential), clock);
    }

    @Override
    public void begin() {
        spinnaker.become("RUNNING");
    }

    @Override
    public void succeed() {
        spinnaker.become("SUCCEEDED");
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    private void askedAndLater(ConnectorCall about, Duration later) {
        connector.ask(about, null);
        clock.advance(later);
    }

    @Test
    void aPipelineRunsAndHasAResult() {
        ConnectorAnswer taken = connector.call(call);
        assertThat(taken)
                .isEqualTo(ConnectorAnswer.accepted(FIRST)
                        .at("https://deck.example.com/#/applications/payments/executions/details/" + FIRST));
        assertThat(spinnaker.executions.get(0).path("trigger"))
                .isEqualTo(
                        SpinnakerDouble.read(
                                """
                                {"type": "manual", "parameters": {"version": "2.0"}, "eventId": "key-1", "correlationId": "key-1"}
                                """));
        assertThat(asked(taken)).isEqualTo(taken);

        begin();
        assertThat(asked(taken)).isEqualTo(taken);
        assertThat(spinnaker.log).isEmpty();

        succeed();
        spinnaker.stage("Smoke test", "SUCCEEDED", 20L);
        spinnaker.stage("Undo", "NOT_STARTED", null);
        spinnaker.stage("Deploy", "SUCCEEDED", 10L);
        ConnectorAnswer done = asked(taken);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.link()).isEqualTo(taken.link());
        assertThat(spinnaker.log).hasToString("Deploy: SUCCEEDED\nSmoke test: SUCCEEDED\nUndo: NOT_STARTED\n");
        assertThat(spinnaker.refused).isEmpty();
    }

    @Test
    void withoutTheAddressOfDeckThereIsNoLink() {
        SpinnakerConnector plain = connector(Credential.bearer(SecretText.given(RIGHT)), null, VERSION);

        assertThat(plain.call(call)).isEqualTo(ConnectorAnswer.accepted(FIRST));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_STARTED, ACCEPTED",
        "BUFFERED, ACCEPTED",
        "RUNNING, ACCEPTED",
        "PAUSED, ACCEPTED",
        "SUSPENDED, ACCEPTED",
        "REDIRECT, ACCEPTED",
        "OF_A_LATER_VERSION, ACCEPTED",
        "SUCCEEDED, SUCCEEDED",
        "FAILED_CONTINUE, FAILED",
        "TERMINAL, FAILED",
        "CANCELED, FAILED",
        "STOPPED, FAILED",
        "SKIPPED, FAILED"
    })
    void aStatusIsWhatSpinnakerMeansByIt(String status, Outcome outcome) {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.become(status);

        ConnectorAnswer answer = asked(taken);
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.reference()).isEqualTo(outcome == Outcome.ACCEPTED ? FIRST : null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERMINAL", "CANCELED"})
    void whatEndedBeforeItBeganDidNotRun(String status) {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.executions.get(0).put("status", status).put("canceledBy", "system");
        spinnaker.executions.get(0).put("cancellationReason", "Failed on startup: no artifact");

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(asked(taken).detail())
                .isEqualTo("Execution " + FIRST + " did not begin and ended as " + status
                        + " by system: Failed on startup: no artifact");
    }

    @Test
    void whoCancelledItAndWhyIsTold() {
        ConnectorAnswer taken = connector.call(call);
        begin();
        connector.stop(call, taken.reference());

        assertThat(asked(taken).detail())
                .isEqualTo("Execution " + FIRST + " ended as CANCELED by gatehouse: Stopped by Gatehouse");
    }

    @Test
    void whatWentWrongInAStageIsKept() {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.become("TERMINAL");
        spinnaker.stage("Bake", "SUCCEEDED", 10L);
        context(spinnaker.stage("Deploy", "TERMINAL", 20L))
                .putObject("exception")
                .putObject("details")
                .put("error", "Unexpected Task Failure")
                .putArray("errors")
                .add("No capacity\nin zone a")
                .add("");
        context(spinnaker.stage("Notify", "FAILED_CONTINUE", 30L))
                .putObject("exception")
                .putObject("details")
                .put("error", "No such channel")
                .putArray("errors");
        context(spinnaker.stage("Scale", "TERMINAL", 40L))
                .putArray("kato.tasks")
                .addObject()
                .putObject("exception")
                .put("message", "Quota exceeded");

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(spinnaker.log)
                .hasToString(
                        """
                        Bake: SUCCEEDED
                        Deploy: TERMINAL
                        Deploy: No capacity
                          in zone a
                        Notify: FAILED_CONTINUE
                        Notify: No such channel
                        Scale: TERMINAL
                        Scale: Quota exceeded
                        """);
    }

    /** Each question by another connector, as after a restart: all it knows is the reference. */
    private ConnectorAnswer tells(ConnectorAnswer before, String... lines) {
        int from = spinnaker.log.length();
        ConnectorAnswer now = connector(RIGHT).ask(call, before.reference());
        assertThat(spinnaker.log.substring(from).lines()).containsExactly(lines);

        int to = spinnaker.log.length();
        if (now.outcome() == Outcome.ACCEPTED) {
            assertThat(connector(RIGHT).ask(call, now.reference())).isEqualTo(now);
            assertThat(spinnaker.log).as("nothing has changed").hasSize(to);
        }
        return now;
    }

    @Test
    void stagesAreToldAsTheyBeginAndEnd() {
        ConnectorAnswer now = connector.call(call);
        begin();
        ObjectNode bake = spinnaker.stage("Wait", "RUNNING", 10L);
        ObjectNode deploy = spinnaker.stage("Deploy", "NOT_STARTED", null);
        ObjectNode second = spinnaker.stage("Wait", "NOT_STARTED", null);
        now = tells(now, "Wait: RUNNING");
        assertThat(now.reference()).matches(FIRST + "/[\\w-]{4}");
        assertThat(now.link()).endsWith(FIRST);

        bake.put("status", "SUCCEEDED");
        deploy.put("status", "RUNNING").put("startTime", 20L);
        now = tells(now, "Wait: SUCCEEDED", "Deploy: RUNNING");
        context(deploy.put("status", "TERMINAL"))
                .putObject("exception")
                .putObject("details")
                .put("error", "No capacity");
        second.put("status", "RUNNING").put("startTime", 30L);
        now = tells(now, "Deploy: TERMINAL", "Wait: RUNNING");
        second.put("status", "SUCCEEDED");
        now = tells(now, "Wait: SUCCEEDED");
        assertThat(spinnaker.asked)
                .extracting(Asked::line)
                .as("nothing more is asked for while it goes on")
                .doesNotContain("GET /gate/pipelines/" + FIRST);

        spinnaker.become("TERMINAL");
        spinnaker.stage("Undo", "NOT_STARTED", null);
        assertThat(tells(now, "Deploy: No capacity", "Undo: NOT_STARTED").outcome())
                .isEqualTo(Outcome.FAILED);
        assertThat(spinnaker.refused).isEmpty();
    }

    @Test
    void aStageThatIsBegunAnewIsToldAnew() {
        ConnectorAnswer now = connector.call(call);
        begin();
        ObjectNode deploy = spinnaker.stage("Deploy", "RUNNING", 10L);
        now = tells(now, "Deploy: RUNNING");
        deploy.put("status", "TERMINAL");
        now = tells(now, "Deploy: TERMINAL");
        deploy.put("status", "RUNNING");
        tells(now, "Deploy: RUNNING");
    }

    /** Killed before the answer was recorded: nobody knows what was told. */
    @Test
    void whatIsFoundByItsKeyIsToldFromItsBeginning() {
        connector.call(call);
        begin();
        spinnaker.stage("Deploy", "RUNNING", 10L);
        tells(connector.ask(call, null));

        assertThat(spinnaker.log).hasToString("Deploy: RUNNING\n");
    }

    @Test
    void whatHasToldOfItsStagesIsStopped() {
        ConnectorAnswer now = connector.call(call);
        begin();
        spinnaker.stage("Deploy", "RUNNING", 10L);
        now = tells(now, "Deploy: RUNNING");

        assertThat(connector.stop(call, now.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(spinnaker.stopped).containsExactly(FIRST);
        assertThat(spinnaker.log).hasToString("Deploy: RUNNING\n");
    }

    /** What does not fit into a reference would be told again and again. */
    @Test
    void whatCannotBeKeptInMindIsToldInTheEnd() {
        ConnectorAnswer now = connector.call(call);
        begin();
        for (long i = 0; i < 100; i++) {
            spinnaker.stage("Stage " + i + ".", "SUCCEEDED", i);
            now = asked(now);
            assertThat(now.reference()).startsWith(FIRST + "/").hasSizeLessThanOrEqualTo(200);
        }
        assertThat(spinnaker.log.toString()).contains("Stage 40.").doesNotContain("Stage 99.");

        succeed();
        assertThat(asked(now).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(spinnaker.log.toString().lines()).doesNotHaveDuplicates().hasSize(100);
        assertThat(spinnaker.refused).isEmpty();
    }

    private static ObjectNode context(ObjectNode stage) {
        return stage.putObject("context");
    }

    @ParameterizedTest
    @CsvSource({"500,''", "403,''", "200,<html>", "200,''", "200,{}"})
    void aResultStandsWhenItsWholeStoryCannotBeHad(int status, String body) {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.become("TERMINAL");
        spinnaker.stage("Deploy", "TERMINAL", 10L);
        spinnaker.whole = Told.of(status, body);

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(spinnaker.log.toString())
                .startsWith("Deploy: TERMINAL\nWhat went wrong in them could not be fetched: ");
    }

    /** What stages worked with can be larger than is read. */
    @Test
    void aResultStandsWhenItsWholeStoryIsTooLarge() {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.become("SUCCEEDED");
        spinnaker.stage("Deploy", "SUCCEEDED", 10L);
        spinnaker.padded = request -> request.path().startsWith("/gate/pipelines/");

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(spinnaker.log.toString())
                .startsWith("Deploy: SUCCEEDED\nWhat went wrong in them could not be fetched: ");
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        assertThat(connector.afterCrash()).isEqualTo(AfterCrash.QUERYABLE);
        connector.call(call);
        spinnaker.startWithKey("another");
        spinnaker.startWithKey("key-11");
        assertThat(connector.ask(call, null).reference()).isEqualTo(FIRST);

        spinnaker.become("TERMINAL");
        ConnectorAnswer found = connector.ask(call, null);
        assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(found.link()).endsWith(FIRST);
        assertThat(spinnaker.refused).isEmpty();
    }

    @Test
    void anOrderThatComesAgainWhileItsExecutionGoesOnStartsNothing() {
        ConnectorAnswer first = connector.call(call);
        begin();

        assertThat(connector.call(call)).isEqualTo(first);
        assertThat(spinnaker.executions).hasSize(1);

        succeed();
        connector.call(call);
        assertThat(spinnaker.executions).as("which it does afterwards").hasSize(2);
    }

    @Test
    void anExecutionIsFoundThoughTheClockOfSpinnakerIsSlow() {
        connector.call(call);
        Instant before = call.notBefore().minus(Duration.ofMinutes(9));
        spinnaker.executions.get(0).put("buildTime", before.toEpochMilli());

        assertThat(connector.ask(call, null).reference()).isEqualTo(FIRST);
    }

    @Test
    void aMissingKeyIsNeverSeenOnlyWhenSpinnakerCannotBeWorkingOnItAnyMore() {
        spinnaker.startWithKey("another");
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        clock.advance(Duration.ofSeconds(119));
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        assertThat(connector.ask(call, null).outcome())
                .as("it may have been sent again meanwhile")
                .isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void theExecutionsOfADeletedPipelineAreNotShownAndMayBeOurs() {
        connector.call(call);
        spinnaker.deleted = true;
        askedAndLater(call, Duration.ofMinutes(3));

        assertThat(connector.ask(call, null).detail()).contains("the pipeline is not shown");
    }

    @Test
    void anExecutionOfLongAgoMayHaveBeenDeleted() {
        Instant yesterday = Instant.now().minus(Duration.ofHours(25));
        ConnectorCall old = spinnaker.call("key-1", CommandKind.RUN, Map.of(), yesterday);
        askedAndLater(old, Duration.ofMinutes(3));

        assertThat(connector.ask(old, null).detail()).contains("may have been deleted");
    }

    /** A Gate that does not know the parameter would show all of them. */
    @Test
    void executionsWithAnotherKeyAreNotTakenForOurs() {
        spinnaker.startWithKey("key-11");
        spinnaker.become("SUCCEEDED");
        spinnaker.trouble.add(Told.of(200, "[" + spinnaker.executions.get(0) + "]"));

        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void severalExecutionsWithTheKeyAreForAPerson() {
        spinnaker.startWithKey("key-1");
        spinnaker.become("SUCCEEDED");
        spinnaker.startWithKey("key-1");

        assertThat(connector.ask(call, null).detail()).contains("several executions");
    }

    @Test
    void anotherExecutionThanAskedForLeavesItOpen() {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.startWithKey("another");
        spinnaker.trouble.add(Told.of(200, "[" + spinnaker.executions.get(1).put("status", "SUCCEEDED") + "]"));

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[null]",
                "[{\"id\":\"../x\",\"status\":\"SUCCEEDED\",\"stages\":[]}]",
                "[{\"id\":\"01KBA000000000000000000001\",\"stages\":[]}]",
                "[{\"id\":\"01KBA000000000000000000001\",\"status\":\"SUCCEEDED\"}]"
            })
    void aListThatCannotBeReadProvesNothing(String list) {
        ConnectorAnswer taken = connector.call(call);
        spinnaker.trouble.add(Told.of(200, list));
        assertThat(asked(taken).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        spinnaker.trouble.add(Told.of(200, list));
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ref\":null}", "{\"ref\":\"/tasks/0001-1\"}", "{\"ref\":\"/pipelines/../x\"}"})
    void anOrderThatIsTakenWithoutAReferenceIsLookedFor(String body) {
        spinnaker.beforeTheOrder = Told.of(202, body);

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anOrderThatIsAnsweredOtherwiseIsLookedFor() {
        spinnaker.beforeTheOrder = Told.of(200, "{\"ref\":\"/pipelines/" + FIRST + "\"}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void whatSpinnakerHasAgainstAnOrderIsTold() {
        spinnaker.beforeTheOrder = Told.of(400, "{\"message\":\"Pipeline is disabled and cannot be started.\"}");

        assertThat(connector.call(call).detail())
                .isEqualTo("The tool answered 400: Pipeline is disabled and cannot be started.");
    }

    /** Spinnaker would give the pipeline what it has computed. */
    @ParameterizedTest
    @ValueSource(strings = {"${1+1}", "2.0-${trigger['user']}", "${"})
    void anExpressionIsNotOrdered(String value) {
        ConnectorAnswer answer = connector.call(order(value));

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).contains("[version]");
        assertThat(spinnaker.asked).isEmpty();
    }

    private void isNotOrdered(SpinnakerConnector by, String because) {
        assertThat(by.check().result()).isEqualTo(ConnectorCheck.Result.FAILED);
        ConnectorAnswer answer = by.call(call);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).endsWith(because);
        assertThat(spinnaker.executions).isEmpty();
    }

    @Test
    void aPipelineThatNeedsMoreThanItIsGivenIsNotRun() {
        spinnaker.declare("region", true);
        spinnaker.declare("zone", true).put("default", "");
        spinnaker.declare("size", false);

        isNotOrdered(connector, "The pipeline Deploy & test also needs [region]");
    }

    @Test
    void aPipelineThatDoesNotDeclareWhatItIsGivenIsNotRun() {
        Map<String, String> misspelt = Map.of("version", ".*", "verison", ".*");
        SpinnakerConnector with = connector(Credential.bearer(SecretText.given(RIGHT)), null, misspelt);

        isNotOrdered(with, "does not declare [verison]");
    }

    @Test
    void whatATemplateDeclaresIsNotKnown() {
        spinnaker.definition.remove("parameterConfig");
        spinnaker.definition.put("type", "templatedPipeline");

        assertThat(connector.check().result()).isEqualTo(ConnectorCheck.Result.OK);
        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aDisabledPipelineIsNotRun() {
        spinnaker.definition.put("disabled", true);

        isNotOrdered(connector, "is disabled");
    }

    /** An id is that of a pipeline of any application. */
    @Test
    void aPipelineOfAnotherApplicationIsNotRun() {
        spinnaker.definition.put("application", "ledger");
        isNotOrdered(connector, "is one of the application ledger");

        spinnaker.definition.put("application", "Payments");
        assertThat(connector.check().result()).isEqualTo(ConnectorCheck.Result.OK);
    }

    /** Gate sends whoever it does not know on to sign in, if that is by OAuth 2, SAML or a form. */
    @Test
    void whoIsToSignInHasOrderedNothing() {
        spinnaker.trouble.add(Told.of(302, "").with("Location", spinnaker.url("/gate/login")));
        assertThat(connector.check().detail()).contains("does not know this credential");

        spinnaker.trouble.add(Told.of(302, ""));
        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(spinnaker.executions).isEmpty();
    }

    @Test
    void aUserSignsInWithAPassword() {
        connector(Credential.basicOrBearer("gatehouse", SecretText.given("secret")), null, VERSION)
                .check();

        assertThat(spinnaker.asked)
                .extracting(request -> request.headers().get("authorization"))
                .containsExactly("Basic Z2F0ZWhvdXNlOnNlY3JldA==");
    }

    @Test
    void aCheckChangesNothing() {
        assertThat(connector.check().result()).isEqualTo(ConnectorCheck.Result.OK);

        assertThat(spinnaker.asked).extracting(Asked::line).containsExactly("GET " + SpinnakerDouble.DEFINITION);
        assertThat(spinnaker.executions).isEmpty();
    }

    @Test
    void whoHasLostTheLeaseStops() {
        ConnectorAnswer taken = connector.call(call);
        succeed();
        assertThat(connector.ask(ToolDouble.takenOverAfter(0, call), taken.reference()))
                .isEqualTo(ConnectorAnswer.takenOver());
        assertThat(connector.ask(ToolDouble.takenOverAfter(0, call), null)).isEqualTo(ConnectorAnswer.takenOver());
        assertThat(spinnaker.log).isEmpty();

        spinnaker.executions.clear();
        assertThat(connector.ask(ToolDouble.takenOverAfter(0, call), null)).isEqualTo(ConnectorAnswer.takenOver());
    }
}
