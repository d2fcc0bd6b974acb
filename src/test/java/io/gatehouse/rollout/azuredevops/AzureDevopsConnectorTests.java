package io.gatehouse.rollout.azuredevops;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.azuredevops.AzureDevopsDouble.Task;
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
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the REST API reference of Azure DevOps. */
class AzureDevopsConnectorTests implements LooksBeforeItOrders, StoppableToolContract {

    private final AzureDevopsDouble azure = new AzureDevopsDouble();
    private final AzureDevopsConnector connector = connector(RIGHT);
    private final ConnectorCall call = azure.run(Map.of("version", "2.0"));

    @Override
    public AzureDevopsDouble tool() {
        return azure;
    }

    @Override
    public ConnectorCall order(String value) {
        return azure.run(Map.of("version", value));
    }

    @Override
    public List<String> taken() {
        return azure.runs.stream()
                .map(run -> String.valueOf(run.parameters.get("version")))
                .toList();
    }

    @Override
    public String unknownToTheTool() {
        return "does not know this token";
    }

    @Override
    public AzureDevopsConnector connector(String token) {
        return connector(token, 12, null);
    }

    private AzureDevopsConnector connector(String token, int pipeline, @Nullable String ref) {
        AzureDevopsSettings settings = new AzureDevopsSettings(
                "https://dev.azure.com",
                "fabrikam",
                "web shop",
                pipeline,
                "stored:azure",
                ref,
                "gatehouseKey",
                Map.of("version", ".*"),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
        return new AzureDevopsConnector(
                "deploy", settings, azure.api("", Credential.basic("", SecretText.given(token))));
    }

    @Override
    public void succeed() {
        azure.runs.get(0).status = "completed";
        azure.runs.get(0).result = "succeeded";
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
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
        connector(RIGHT, 12, "refs/heads/main").call(call);

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

    /** Its page for signing in, or the way there. */
    @ParameterizedTest
    @ValueSource(ints = {203, 302})
    void whoIsToSignInHasOrderedNothing(int status) {
        azure.trouble.add(Told.of(status, "<html>"));

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(azure.runs).isEmpty();
    }

    @Test
    void aPageForSigningInDoesNotSayWhatBecameOfAnOrder() {
        azure.beforeTheOrder = Told.of(203, "<html>");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aPipelineThatIsNotThereIsTold() {
        assertThat(connector(RIGHT, 13, null).check().result()).isEqualTo(ConnectorCheck.Result.FAILED);
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
    void whatTasksHavePrintedIsToldWhileTheRunGoesOn() {
        ConnectorAnswer begun = connector.call(call);
        AzureDevopsDouble.Run run = azure.runs.get(0);
        run.tasks.add(new Task("Install", "inProgress", null, 0));
        run.tasks.add(new Task("Smoke test", "pending", null, 0));
        ConnectorAnswer now = asked(begun);
        assertThat(now).isEqualTo(begun);
        assertThat(azure.log).isEmpty();

        run.tasks.set(0, new Task("Install", "inProgress", null, 7));
        azure.printed.put(7, "Fetching\r\nby right-to");
        now = asked(now);
        assertThat(now.reference()).isEqualTo("100/7:10");
        azure.printed.put(7, "Fetching\r\nby right-token\n");
        now = asked(now);
        assertThat(azure.log.toString())
                .startsWith("Install: running\nFetching\r\nby ")
                .doesNotContain(RIGHT);

        azure.printed.put(7, "Fetching\r\nby right-token\nDone");
        run.tasks.set(0, new Task("Install", "completed", "succeeded", 7));
        run.tasks.set(1, new Task("Smoke test", "inProgress", null, 8));
        run.tasks.add(0, new Task("In another job", "completed", "failed", 6));
        azure.printed.put(8, "Calling\n");
        now = asked(now);
        assertThat(now.reference()).isEqualTo("100/6-7/8:8");
        assertThat(azure.log.toString())
                .endsWith("In another job: failed\nlog 6 of run 100\nDone\nInstall: succeeded\n"
                        + "Smoke test: running\nCalling\n");
        assertThat(asked(now)).isEqualTo(now);

        run.status = "completed";
        run.result = "succeeded";
        azure.printed.put(8, "Calling\nIt answers\n");
        assertThat(asked(now).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(azure.log.toString())
                .endsWith("Smoke test: succeeded\nNotify: skipped\nIt answers\n")
                .containsOnlyOnce("Fetching")
                .containsOnlyOnce("Calling")
                .containsOnlyOnce("Install: succeeded");
        assertThat(azure.refused).isEmpty();
    }

    @Test
    void aQuestionReadsAFewLogsAndTheNextTheOthers() {
        ConnectorAnswer now = connector.call(call);
        for (int log = 1; log <= 7; log++) {
            azure.runs.get(0).tasks.add(new Task("Task " + log, "completed", "succeeded", log));
        }

        azure.asked.clear();
        now = asked(now);
        assertThat(azure.asked).hasSize(2 + 5);
        assertThat(now.reference()).isEqualTo("100/1-5");
        now = asked(now);
        assertThat(now.reference()).isEqualTo("100/1-7");
        assertThat(azure.log.toString()).containsOnlyOnce("log 5 of run 100").containsOnlyOnce("log 6 of run 100");
    }

    @Test
    void aLogThatCannotBeHadComesWithALaterQuestionAndStopsNothing() {
        ConnectorAnswer begun = connector.call(call);
        azure.runs.get(0).tasks.add(new Task("Install", "completed", "succeeded", 7));
        for (int status : new int[] {203, 404, 500}) {
            azure.trouble.add(Told.of(200, "{\"id\": 100, \"status\": \"inProgress\"}"));
            azure.trouble.add(Told.of(status, ""));
            assertThat(asked(begun).reference()).isEqualTo("100");
            azure.trouble.add(Told.of(200, "{\"id\": 100, \"status\": \"inProgress\"}"));
            azure.trouble.add(Told.of(
                    200, "{\"records\": [{\"type\": \"Task\", \"state\": \"completed\", \"log\": {\"id\": 7}}]}"));
            azure.trouble.add(Told.of(status, "<html>"));
            assertThat(asked(begun).reference()).isEqualTo("100");
        }
        assertThat(azure.log).isEmpty();

        assertThat(connector.stop(call, "100/1-5/7:10").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(azure.stopped).containsExactly("100");
        assertThat(azure.refused).isEmpty();
    }

    /** What does not fit into a reference would be told again and again. */
    @Test
    void whatCannotBeKeptInMindIsToldInTheEnd() {
        ConnectorAnswer now = connector.call(call);
        for (int log = 1000; log < 1200; log += 2) {
            azure.runs.get(0).tasks.add(new Task("Task " + log, "completed", "succeeded", log));
        }
        azure.runs.get(0).tasks.add(new Task("Last", "completed", "succeeded", 12_000));
        for (int i = 0; i < 30; i++) {
            now = asked(now);
            assertThat(now.reference()).hasSizeBetween(3, 200);
        }
        assertThat(azure.log.toString())
                .containsOnlyOnce("log 1000 of run 100")
                .containsOnlyOnce("log 1060 of run 100")
                .doesNotContain("log 1198", "log 12000");
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

    @Test
    void whoHasLostTheLeaseStops() {
        connector.call(call);
        azure.runs.get(0).status = "completed";
        azure.runs.get(0).result = "succeeded";
        for (int renewals = 0; renewals < 4; renewals++) {
            assertThat(connector.ask(ToolDouble.takenOverAfter(renewals, call), null))
                    .isEqualTo(ConnectorAnswer.takenOver());
        }
        assertThat(connector.ask(ToolDouble.takenOverAfter(4, call), null).outcome())
                .isEqualTo(Outcome.SUCCEEDED);
    }
}
