package io.gatehouse.rollout.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the REST API reference of Azure DevOps. */
class AzureDevopsConnectorTests {

    private final AzureDevopsDouble azure = new AzureDevopsDouble();
    private final AzureDevopsConnector connector = connector("pat-1", settings("web shop", 12, null, Map.of()));
    private final ConnectorCall call = azure.run(Map.of("version", "2.0"));

    @AfterEach
    void stop() {
        azure.close();
    }

    private static AzureDevopsSettings settings(
            String project, int pipeline, @Nullable String ref, Map<String, String> parameters) {
        return new AzureDevopsSettings(
                "https://dev.azure.com",
                "fabrikam",
                project,
                pipeline,
                "stored:azure",
                ref,
                "gatehouseKey",
                parameters,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
    }

    private AzureDevopsConnector connector(String token, AzureDevopsSettings settings) {
        return new AzureDevopsConnector(
                "deploy",
                settings,
                azure.api("", Credential.basic("", SecretText.given(token))));
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    private ConnectorCall losingTheLeaseAfter(int renewals) {
        AtomicInteger left = new AtomicInteger(renewals);
        return new ConnectorCall(
                "key-1",
                "ROL-000001",
                2,
                CommandKind.RUN,
                1,
                Instant.now(),
                "web",
                Map.of("version", "2.0"),
                () -> left.getAndDecrement() > 0,
                azure.log::append);
    }

    @Test
    void aPipelineRunsAndHasAResult() {
        ConnectorAnswer begun = connector.call(call);
        AzureDevopsDouble.Run run = azure.runs.get(0);
        assertThat(begun).isEqualTo(ConnectorAnswer.accepted("100").at(azure.place(run)));
        assertThat(run.parameters).isEqualTo(Map.of("version", "2.0", "gatehouseKey", "key-1"));
        assertThat(asked(begun)).isEqualTo(begun);
        assertThat(azure.log).isEmpty();

        run.status = "completed";
        run.result = "succeeded";
        ConnectorAnswer done = asked(begun);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.link()).isEqualTo(begun.link());
        assertThat(azure.log)
                .hasToString("Install: succeeded\n  error: no room\nSmoke test: succeeded\nNotify: skipped\n"
                        + "log 8 of run 100\n");
        assertThat(azure.refused).isEmpty();
    }

    @Test
    void aBranchOfThePipelineIsRunIfOneIsNamed() {
        connector("pat-1", settings("web shop", 12, "refs/heads/main", Map.of()))
                .call(call);

        assertThat(azure.runs).hasSize(1);
        assertThat(azure.asked.get(1).body())
                .contains("\"resources\":{\"repositories\":{\"self\":{\"refName\":\"refs/heads/main\"}}}");
    }

    @ParameterizedTest
    @CsvSource({
        "completed, succeeded, SUCCEEDED",
        "completed, partiallySucceeded, FAILED",
        "completed, failed, FAILED",
        "completed, canceled, FAILED",
        "completed, none, ACCEPTED",
        "completed, , ACCEPTED",
        "completed, newlyInvented, ACCEPTED",
        "none, , ACCEPTED",
        "notStarted, , ACCEPTED",
        "postponed, , ACCEPTED",
        "inProgress, , ACCEPTED",
        "inProgress, succeeded, ACCEPTED",
        "cancelling, , ACCEPTED",
        "all, , ACCEPTED",
        "newlyInvented, succeeded, ACCEPTED"
    })
    void aStatusIsWhatAzureDevopsMeansByIt(String status, @Nullable String result, Outcome outcome) {
        ConnectorAnswer begun = connector.call(call);
        azure.runs.get(0).status = status;
        azure.runs.get(0).result = result;

        assertThat(asked(begun).outcome()).isEqualTo(outcome);
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        assertThat(connector.afterCrash()).isEqualTo(AfterCrash.QUERYABLE);
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
        azure.order(Map.of("gatehouseKey", "another"));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        connector.call(call);
        azure.order(Map.of("gatehouseKey", "yet-another"));
        assertThat(connector.ask(call, null).reference()).isEqualTo("101");

        azure.runs.get(1).status = "completed";
        azure.runs.get(1).result = "failed";
        ConnectorAnswer found = connector.ask(call, null);
        assertThat(found.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(found.link()).isEqualTo(azure.place(azure.runs.get(1)));
        assertThat(azure.refused).isEmpty();
    }

    /** Azure DevOps does not always show the parameters of a run. */
    @Test
    void aRunThatShowsNoKeyMayBeOurs() {
        azure.order(Map.of("gatehouseKey", "another")).secretive = true;
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        azure.runs.clear();
        azure.order(Map.of());
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        azure.runs.clear();
        azure.order(Map.of("gatehouseKey", "key-1")).deleted = true;
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aKeyIsNotSaidToBeUnknownWhenItsRunMayBeFurtherDown() {
        for (int i = 0; i < 30; i++) {
            azure.order(Map.of("gatehouseKey", "another"));
        }
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        azure.runs.forEach(run -> run.queued = run.queued.minus(Duration.ofDays(1)));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
        ConnectorCall begunLongAgo =
                azure.call("key-1", CommandKind.RUN, Map.of(), Instant.now().minus(Duration.ofDays(2)));
        assertThat(connector.ask(begunLongAgo, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gatehouseKey", "version"})
    void aPipelineThatDoesNotDeclareWhatItIsGivenIsNotRun(String parameter) {
        azure.declared.remove(parameter);

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(azure.runs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "500, NOT_REACHED",
        "429, NOT_REACHED",
        "200, NOT_REACHED",
        "203, REFUSED",
        "302, REFUSED",
        "401, REFUSED",
        "404, REFUSED"
    })
    void nothingIsInDoubtBeforeTheOrder(int status, Outcome outcome) {
        azure.trouble.add(Told.of(status, "<html>"));

        assertThat(connector.call(call).outcome()).isEqualTo(outcome);
        assertThat(azure.runs).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "401, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "302, AMBIGUOUS",
        "409, AMBIGUOUS",
        "429, NOT_REACHED",
        "500, AMBIGUOUS",
        "503, AMBIGUOUS",
        "200, AMBIGUOUS",
        "203, AMBIGUOUS"
    })
    void anOrderThatIsNotTakenSaysWhetherItMayBeSentAgain(int status, Outcome outcome) {
        azure.beforeTheOrder = Told.of(status, "<html>no</html>");

        assertThat(connector.call(call).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"500,''", "401,''", "203,<html>", "404,''", "200,<html>", "200,null", "200,{}", "200,[]", "200,''"})
    void aQuestionThatIsNotAnsweredLeavesItOpen(int status, String body) {
        ConnectorAnswer begun = connector.call(call);
        azure.trouble.add(Told.of(status, body));
        azure.trouble.add(Told.of(status, body));

        assertThat(asked(begun).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anAnswerThatIsTooLargeLeavesItOpen() {
        ConnectorAnswer begun = connector.call(call);
        azure.trouble.add(Told.of(200, "{\"id\": 100, \"x\": \"" + "x".repeat(70_000) + "\"}"));

        assertThat(asked(begun).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void whatTheFailedTaskPrintedIsKept() {
        ConnectorAnswer begun = connector.call(call);
        azure.runs.get(0).status = "completed";
        azure.runs.get(0).result = "failed";

        assertThat(asked(begun).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(azure.log.toString()).endsWith("log 7 of run 100\n");
    }

    @Test
    void aLogThatCannotBeHadSettlesNothing() {
        ConnectorAnswer begun = connector.call(call);
        azure.runs.get(0).status = "completed";
        azure.runs.get(0).result = "failed";
        azure.timeline = Told.of(500, "");
        assertThat(asked(begun).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(azure.log).contains("could not be fetched");

        azure.timeline = Told.of(200, "{\"records\": null}");
        assertThat(asked(begun).outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../_apis/projects", "2.0?x=y", "2.0#", "2.0\"}", "2.0\n", "${{ 1 }}"})
    void whatAPlanSaysIsAParameterAndNothingElse(String version) {
        connector.call(azure.run(Map.of("version", version)));

        assertThat(azure.runs)
                .singleElement()
                .extracting(run -> run.parameters)
                .isEqualTo(Map.of("version", version, "gatehouseKey", "key-1"));
        assertThat(azure.refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../100", "100?x=y", "", "x", "1/timeline"})
    void aReferenceThatIsNoNumberIsNotAsked(String reference) {
        assertThat(connector.ask(call, reference).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(azure.asked).isEmpty();
    }

    @Test
    void whoHasLostTheLeaseStops() {
        assertThat(connector.call(losingTheLeaseAfter(0)).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(azure.runs).isEmpty();

        connector.call(call);
        azure.runs.get(0).status = "completed";
        azure.runs.get(0).result = "succeeded";
        for (int renewals = 0; renewals < 4; renewals++) {
            assertThat(connector.ask(losingTheLeaseAfter(renewals), null).outcome())
                    .isEqualTo(Outcome.AMBIGUOUS);
        }
        assertThat(connector.ask(losingTheLeaseAfter(4), null).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void whoIsNotLetInIsTold() {
        assertThat(connector.check())
                .isEqualTo(ConnectorCheck.ok("Azure DevOps lets us in, and the pipeline is there."));

        ConnectorCheck check = connector("wrong-token", settings("web shop", 12, null, Map.of()))
                .check();
        assertThat(check.result()).isEqualTo(ConnectorCheck.Result.FAILED);
        assertThat(check.detail()).contains("does not know this token").doesNotContain("wrong-token");
        assertThat(connector("pat-1", settings("web shop", 13, null, Map.of()))
                        .check()
                        .result())
                .isEqualTo(ConnectorCheck.Result.FAILED);
    }

    @Test
    void aToolThatIsDownIsNotReached() {
        azure.close();

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(connector.check().result()).isEqualTo(ConnectorCheck.Result.FAILED);
        assertThat(connector.storedSecrets()).isEmpty();
    }
}
