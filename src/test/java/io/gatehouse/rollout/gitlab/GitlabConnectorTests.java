package io.gatehouse.rollout.gitlab;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.StoppableToolContract;
import io.gatehouse.rollout.gitlab.GitlabDouble.Job;
import io.gatehouse.rollout.gitlab.GitlabDouble.Pipeline;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of GitLab. */
class GitlabConnectorTests implements StoppableToolContract {

    private final GitlabDouble gitlab = new GitlabDouble();
    private final TestClock clock = new TestClock();
    private final GitlabConnector connector = connector(RIGHT);
    private final ConnectorCall call = gitlab.run(Map.of("VERSION", "2.0"));

    @AfterEach
    void resetTheClock() {
        clock.reset();
    }

    @Override
    public GitlabDouble tool() {
        return gitlab;
    }

    @Override
    public ConnectorCall order(String value) {
        return gitlab.run(Map.of("VERSION", value));
    }

    @Override
    public List<String> taken() {
        return gitlab.pipelines.stream()
                .map(pipeline -> String.valueOf(pipeline.variables.get("VERSION")))
                .toList();
    }

    @Override
    public int takenStatus() {
        return 201;
    }

    @Override
    public GitlabConnector connector(String token) {
        GitlabSettings settings = new GitlabSettings(
                gitlab.url("/gitlab"),
                token,
                "payments/deploy",
                "release/2",
                "GATEHOUSE_KEY",
                Map.of("VERSION", "[0-9.]+"),
                Duration.ofSeconds(90),
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
        return new GitlabConnector(
                "deploy",
                settings,
                gitlab.api("/gitlab", Credential.header("PRIVATE-TOKEN", SecretText.given(token))),
                clock);
    }

    @Override
    public Map<String, String> proof(String secret) {
        return Map.of("X-Gitlab-Token", secret);
    }

    @Override
    public void begin() {
        gitlab.pipelines.get(0).status = "running";
    }

    @Override
    public void succeed() {
        gitlab.pipelines.get(0).status = "success";
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    @Test
    void anOrderIsAPipelineAndHasAResult() {
        ConnectorAnswer taken = connector.call(call);
        assertThat(taken)
                .isEqualTo(ConnectorAnswer.accepted("61").at(gitlab.url("/gitlab/payments/deploy/-/pipelines/61")));
        Pipeline pipeline = gitlab.pipelines.get(0);
        assertThat(pipeline.variables).isEqualTo(Map.of("VERSION", "2.0", "GATEHOUSE_KEY", "key-1"));
        assertThat(GitlabDouble.tree(gitlab.asked.get(0).body()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("ref", "variables");
        assertThat(asked(taken)).isEqualTo(taken);

        pipeline.status = "running";
        assertThat(asked(taken)).isEqualTo(taken);
        assertThat(gitlab.log).isEmpty();

        pipeline.status = "success";
        pipeline.jobs.add(new Job(6, "build", "success", null, false));
        pipeline.jobs.add(new Job(7, "deploy", "success", null, false));
        ConnectorAnswer done = asked(taken);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.detail()).isEqualTo("Pipeline 61 succeeded; jobs: deploy success, build success");
        assertThat(done.link()).isEqualTo(taken.link());
        assertThat(gitlab.log).hasToString("log of deploy\n");
        assertThat(gitlab.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "created, ACCEPTED",
        "waiting_for_resource, ACCEPTED",
        "preparing, ACCEPTED",
        "waiting_for_callback, ACCEPTED",
        "pending, ACCEPTED",
        "running, ACCEPTED",
        "canceling, ACCEPTED",
        "manual, ACCEPTED",
        "scheduled, ACCEPTED",
        "of_a_later_version, ACCEPTED",
        "success, SUCCEEDED",
        "failed, FAILED",
        "canceled, FAILED",
        "skipped, FAILED"
    })
    void aStatusIsWhatGitLabMeansByIt(String status, Outcome outcome) {
        ConnectorAnswer taken = connector.call(call);
        gitlab.pipelines.get(0).status = status;

        ConnectorAnswer answer = asked(taken);
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.reference()).isEqualTo(outcome == Outcome.ACCEPTED ? "61" : null);
    }

    @Test
    void theLogIsOfTheJobThatFailed() {
        ConnectorAnswer taken = connector.call(call);
        Pipeline pipeline = gitlab.pipelines.get(0);
        pipeline.status = "failed";
        pipeline.jobs.add(new Job(5, "lint", "failed", "script_failure", true));
        pipeline.jobs.add(new Job(6, "deploy", "failed", "stuck_or_timeout_failure", false));
        pipeline.jobs.add(new Job(7, "notify", "success", null, false));
        pipeline.jobs.add(new Job(8, "undo", "manual", null, false));

        ConnectorAnswer failed = asked(taken);
        assertThat(failed.detail())
                .isEqualTo("Pipeline 61 ended as failed; jobs: undo manual, notify success, "
                        + "deploy failed (stuck_or_timeout_failure), lint failed (script_failure)");
        assertThat(gitlab.log).hasToString("log of deploy\n");
    }

    @Test
    void whatTheRunningJobPrintsIsToldWhileItRunsWithOneQuestionMore() {
        ConnectorAnswer taken = connector.call(call);
        Pipeline pipeline = gitlab.pipelines.get(0);
        pipeline.status = "running";
        pipeline.jobs.add(new Job(6, "build", "running", null, false));
        gitlab.traces.put(6, "Fetching\nComp");

        ConnectorAnswer now = askedWithTwoQuestions(taken);
        assertThat(now.reference()).isEqualTo("61/6/0");
        now = askedWithTwoQuestions(now);
        assertThat(gitlab.log).hasToString("Fetching\n");
        gitlab.traces.put(6, "Fetching\nCompiling\nby right-token\n");
        now = askedWithTwoQuestions(now);
        assertThat(gitlab.log.toString()).startsWith("Fetching\nCompiling\nby ").doesNotContain(RIGHT);

        now = askedWithTwoQuestions(now);
        assertThat(now.reference()).endsWith("/quiet");
        pipeline.jobs.set(0, new Job(6, "build", "success", null, false));
        pipeline.jobs.add(new Job(7, "deploy", "running", null, false));
        gitlab.traces.put(7, "Copying\nSwi");
        now = askedWithTwoQuestions(now);
        now = askedWithTwoQuestions(now);
        assertThat(gitlab.log.toString()).endsWith("Copying\n");

        pipeline.status = "success";
        pipeline.jobs.set(1, new Job(7, "deploy", "success", null, false));
        gitlab.traces.put(7, "Copying\nSwitching\n");
        assertThat(asked(now).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(gitlab.log.toString()).containsOnlyOnce("Copying\n").endsWith("Copying\nSwitching\n");
        assertThat(gitlab.refused).isEmpty();
    }

    private ConnectorAnswer askedWithTwoQuestions(ConnectorAnswer before) {
        gitlab.asked.clear();
        ConnectorAnswer answer = asked(before);
        assertThat(answer.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(gitlab.asked).hasSize(2);
        return answer;
    }

    @Test
    void aLogThatCannotBeHadComesWithALaterQuestionAndStopsNothing() {
        ConnectorAnswer taken = connector.call(call);
        gitlab.pipelines.get(0).status = "running";
        gitlab.pipelines.get(0).jobs.add(new Job(6, "build", "running", null, false));
        ConnectorAnswer following = asked(taken);
        for (int status : new int[] {404, 500}) {
            gitlab.trouble.add(Told.of(200, "{\"id\":61,\"status\":\"running\"}"));
            gitlab.trouble.add(Told.of(status, "Fetching\n"));
            assertThat(asked(following).reference()).isEqualTo("61/6/0/quiet");
        }
        assertThat(gitlab.log).isEmpty();

        assertThat(connector.stop(call, following.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(gitlab.stopped).containsExactly("61");
        assertThat(gitlab.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500,''", "403,''", "200,<html>", "200,''"})
    void aResultStandsWhenItsJobsCannotBeHad(int status, String body) {
        ConnectorAnswer taken = connector.call(call);
        gitlab.pipelines.get(0).status = "success";
        gitlab.trouble.add(Told.of(200, "{\"id\":61,\"status\":\"success\"}"));
        gitlab.trouble.add(Told.of(status, body));

        assertThat(asked(taken)).isEqualTo(ConnectorAnswer.succeeded("Pipeline 61 succeeded"));
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        gitlab.order(Map.of("GATEHOUSE_KEY", "another"));
        gitlab.order(Map.of("OTHER", "key-1"));
        Pipeline ours = gitlab.order(Map.of("VERSION", "2.0", "GATEHOUSE_KEY", "key-1"));
        for (int i = 0; i < 25; i++) {
            gitlab.order(Map.of("GATEHOUSE_KEY", "later-" + i));
        }
        assertThat(connector.ask(call, null).reference()).isEqualTo("63");

        ours.status = "running";
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.ACCEPTED);
        ours.status = "failed";
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(gitlab.refused).isEmpty();
    }

    @Test
    void anOrderIsFoundAmongMoreVariablesThanAPageShowsIfNotAsked() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            variables.put("VARIABLE_" + i, "set by GitLab");
        }
        variables.put("GATEHOUSE_KEY", "key-1");
        gitlab.order(variables);

        assertThat(connector.ask(call, null).reference()).isEqualTo("61");
    }

    @Test
    void aPipelineIsFoundThoughTheClockOfGitLabIsSlow() {
        connector.call(call);
        gitlab.pipelines.get(0).createdAt = call.notBefore().minus(Duration.ofMinutes(9));

        assertThat(connector.ask(call, null).reference()).isEqualTo("61");
    }

    @Test
    void aMissingKeyIsNeverSeenOnlyWhenGitLabCannotBeWorkingOnItAnyMore() {
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        clock.advance(Duration.ofSeconds(89));
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        clock.advance(Duration.ofSeconds(1));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        assertThat(connector.ask(call, null).outcome())
                .as("it may have been sent again meanwhile")
                .isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anotherNodeWaitsAnew() {
        connector.ask(call, null);
        clock.advance(Duration.ofHours(1));

        assertThat(connector(RIGHT).ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aKeyMayBeFurtherDownThanIsLookedAt() {
        for (int i = 0; i < 101; i++) {
            gitlab.order(Map.of());
        }
        connector.ask(call, null);
        clock.advance(Duration.ofMinutes(2));
        assertThat(connector.ask(call, null).detail()).contains("older ones are possible");

        Instant before = call.notBefore().minus(Duration.ofMinutes(11));
        gitlab.pipelines.stream().limit(90).forEach(pipeline -> pipeline.createdAt = before);
        connector.ask(call, null);
        clock.advance(Duration.ofMinutes(2));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
    }

    @Test
    void aPipelineOfLongAgoMayHaveBeenDeleted() {
        ConnectorCall old =
                gitlab.call("key-1", CommandKind.RUN, Map.of(), Instant.now().minus(Duration.ofHours(25)));
        connector.ask(old, null);
        clock.advance(Duration.ofMinutes(2));

        assertThat(connector.ask(old, null).detail()).contains("may have been deleted");
    }

    @ParameterizedTest
    @CsvSource({"403,''", "404,''", "500,''", "200,{}", "200,<html>"})
    void aPipelineThatHidesItsVariablesMayBeOurs(int status, String body) {
        gitlab.order(Map.of("GATEHOUSE_KEY", "another"));
        for (int i = 0; i < 2; i++) {
            gitlab.trouble.add(
                    Told.of(200, "[{\"id\":61,\"created_at\":\"" + Instant.now().plusSeconds(60) + "\"}]"));
            gitlab.trouble.add(Told.of(status, body));
            assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
            clock.advance(Duration.ofMinutes(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[{\"id\":61}]", "[{\"created_at\":\"2999-01-01T00:00:00Z\"}]", "[null]", "null", ""})
    void aListThatCannotBeReadProvesNothing(String list) {
        for (int i = 0; i < 2; i++) {
            gitlab.trouble.add(Told.of(200, list));
            assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
            clock.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void whatGitLabHasAgainstAnOrderIsTold() {
        gitlab.beforeTheOrder = Told.of(
                400,
                "{\"message\":{\"base\":[\"Insufficient permissions to set pipeline variables\"]},\n\"token\":\"right-token\"}");

        assertThat(connector.call(call).detail())
                .contains("Insufficient permissions to set pipeline variables")
                .doesNotContain("\n")
                .doesNotContain(RIGHT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":null}", "{\"id\":\"../../x\"}"})
    void anOrderThatIsTakenWithoutANumberIsLookedFor(String body) {
        gitlab.beforeTheOrder = Told.of(201, body);

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anotherPipelineThanAskedForLeavesItOpen() {
        ConnectorAnswer taken = connector.call(call);
        gitlab.trouble.add(Told.of(200, "{\"id\":62,\"status\":\"success\"}"));

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void nothingIsAskedForAfterAnotherNodeHasTakenOver() {
        ConnectorAnswer taken = connector.call(call);
        gitlab.asked.clear();
        ConnectorCall lost = ToolDouble.takenOverAfter(0, call);

        assertThat(connector.ask(lost, taken.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(connector.ask(lost, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(gitlab.asked).isEmpty();
    }

    @Test
    void aSearchEndsWhenAnotherNodeTakesOver() {
        connector.call(call);
        gitlab.asked.clear();

        assertThat(connector
                        .ask(ToolDouble.leased(call, () -> gitlab.asked.size() < 2), null)
                        .outcome())
                .isEqualTo(Outcome.AMBIGUOUS);
        assertThat(gitlab.asked).hasSize(2);
    }

    @Test
    void aRefThatIsNotThereIsTold() {
        gitlab.trouble.add(Told.of(200, "[]"));
        gitlab.trouble.add(Told.of(404, "{\"message\":\"404 Commit Not Found\"}"));

        assertThat(connector.check().detail()).contains("release/2").contains("404");
    }
}
