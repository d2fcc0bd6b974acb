package io.gatehouse.rollout.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.StoppableToolContract;
import io.gatehouse.rollout.github.GithubDouble.Job;
import io.gatehouse.rollout.github.GithubDouble.Run;
import io.gatehouse.rollout.github.GithubDouble.Step;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of GitHub. */
class GithubConnectorTests implements StoppableToolContract {

    private static final String RUN = "30433642000";
    private static final String PAGE = "https://github.example.com/acme/payments/actions/runs/" + RUN;

    private final GithubDouble github = new GithubDouble();
    private final GithubConnector connector = connector(RIGHT);
    private final ConnectorCall call = github.run(Map.of("version", "2.0"));

    @Override
    public GithubDouble tool() {
        return github;
    }

    @Override
    public ConnectorCall order(String value) {
        return github.run(Map.of("version", value));
    }

    @Override
    public List<String> taken() {
        return github.runs.stream()
                .map(run -> String.valueOf(run.inputs.get("version")))
                .toList();
    }

    @Override
    public GithubConnector connector(String token) {
        return connector(token, "2026-03-10");
    }

    private GithubConnector connector(String token, String apiVersion) {
        GithubSettings settings = new GithubSettings(
                github.url("/api/v3"),
                token,
                "acme/payments",
                GithubTrigger.WORKFLOW_DISPATCH,
                "deploy.yml",
                "main",
                null,
                null,
                null,
                null,
                "gatehouse_key",
                Map.of("version", ".*"),
                apiVersion,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
        return new GithubConnector(
                "deploy", settings, github.api("/api/v3", Credential.bearer(SecretText.given(token))));
    }

    @Override
    public Map<String, String> proof(String secret) {
        return GithubDouble.proof(secret);
    }

    @Override
    public void begin() {
        github.runs.get(0).status = "in_progress";
    }

    @Override
    public void succeed() {
        github.runs.get(0).status = "completed";
        github.runs.get(0).conclusion = "success";
    }

    @Override
    public List<Integer> tooLate() {
        return List.of(409);
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    @Test
    void anOrderIsARunAndHasAResult() {
        ConnectorAnswer taken = connector.call(call);
        assertThat(taken).isEqualTo(ConnectorAnswer.accepted(RUN).at(PAGE));
        Run run = github.runs.get(0);
        assertThat(run.inputs).isEqualTo(Map.of("version", "2.0", "gatehouse_key", "key-1"));
        assertThat(GithubDouble.tree(github.asked.get(0).body()).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("ref", "inputs");
        assertThat(asked(taken)).isEqualTo(taken);

        run.status = "in_progress";
        assertThat(asked(taken)).isEqualTo(taken);
        assertThat(github.log).isEmpty();

        run.status = "completed";
        run.conclusion = "success";
        run.jobs.add(new Job(1, "build", "completed", "success"));
        run.jobs.add(new Job(2, "deploy", "completed", "success"));
        ConnectorAnswer done = asked(taken);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.detail()).isEqualTo("Run " + RUN + " succeeded; jobs: build success, deploy success");
        assertThat(done.link()).isEqualTo(PAGE);
        assertThat(github.refused).isEmpty();
    }

    @Test
    void stepsAreToldAsTheyEndAndLogsAsTheJobsDo() {
        ConnectorAnswer now = connector.call(call);
        Run run = github.runs.get(0);
        run.status = "in_progress";
        Step setUp = new Step("Set up job", "completed", "success");
        run.jobs.add(
                new Job(7, "build", "in_progress", null, List.of(setUp, new Step("Compile", "in_progress", null))));
        run.jobs.add(new Job(8, "deploy", "queued", null, List.of()));
        now = asked(now);
        assertThat(now.reference()).isEqualTo(RUN + "/7:1");
        assertThat(github.log).hasToString("build in_progress\n  Set up job success\n");
        assertThat(asked(now)).isEqualTo(now);

        Step compiled = new Step("Compile", "completed", "success");
        run.jobs.set(0, new Job(7, "build", "completed", "success", List.of(setUp, compiled)));
        run.jobs.set(1, new Job(8, "deploy", "in_progress", null, List.of()));
        github.printed.put(7L, "compiled by right-token");
        now = asked(now);
        assertThat(now.reference()).isEqualTo(RUN + "/7,8:0");
        assertThat(github.log.toString())
                .contains("Set up job success\nbuild success\n  Compile success\ncompiled by ")
                .endsWith("\ndeploy in_progress\n")
                .doesNotContain(RIGHT);
        assertThat(asked(now)).isEqualTo(now);

        run.status = "completed";
        run.conclusion = "failure";
        run.jobs.set(1, new Job(8, "deploy", "completed", "failure"));
        assertThat(asked(now).detail())
                .isEqualTo("Run " + RUN + " ended as failure; jobs: build success, deploy failure");
        assertThat(github.log.toString())
                .endsWith("deploy failure\n  Set up job success\nlog of job 8\n")
                .containsOnlyOnce("Compile")
                .containsOnlyOnce("compiled by");
        assertThat(github.refused).isEmpty();
    }

    /** A log elsewhere is read only where connectors may call, and told once where it is. */
    @Test
    void aLogThatIsWhereConnectorsMayNotCallIsNotRead() {
        ConnectorAnswer now = connector.call(call);
        github.logHost = "https://logs.example.net";
        Run run = github.runs.get(0);
        run.status = "in_progress";
        run.jobs.add(new Job(7, "build", "completed", "success"));

        now = asked(now);
        now = asked(now);

        assertThat(now.reference()).isEqualTo(RUN + "/7");
        assertThat(github.log.toString())
                .isEqualTo("build success\n  Set up job success\nThe log is at logs.example.net, which is not among"
                        + " gatehouse.outbound.hosts, and at " + PAGE + "\n");
    }

    @Test
    void aLogThatCannotBeHadComesWithALaterQuestionAndStopsNothing() {
        ConnectorAnswer taken = connector.call(call);
        Run run = github.runs.get(0);
        run.status = "in_progress";
        run.jobs.add(new Job(7, "build", "completed", "success"));
        String shown = "{\"id\": " + RUN + ", \"status\": \"in_progress\"}";
        for (int status : new int[] {200, 403, 404, 500}) {
            github.trouble.add(Told.of(200, shown));
            github.trouble.add(Told.of(status, "<html>"));
            assertThat(asked(taken).reference()).as("jobs, %s", status).isEqualTo(RUN);
            github.trouble.add(Told.of(200, shown));
            github.trouble.add(
                    Told.of(200, "{\"jobs\": [{\"id\": 7, \"name\": \"build\", \"status\": \"completed\"}]}"));
            github.trouble.add(Told.of(status, ""));
            assertThat(asked(taken).reference()).as("log, %s", status).isEqualTo(RUN);
            github.trouble.add(Told.of(200, shown));
            github.trouble.add(
                    Told.of(200, "{\"jobs\": [{\"id\": 7, \"name\": \"build\", \"status\": \"completed\"}]}"));
            github.trouble.add(Told.of(302, "").with("Location", github.url("/stored/7?sig=signed")));
            github.trouble.add(Told.of(status == 200 ? 302 : status, ""));
            assertThat(asked(taken).reference()).as("place, %s", status).isEqualTo(RUN);
        }
        assertThat(github.log).isEmpty();

        assertThat(connector.stop(call, RUN + "/7,8:3").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(github.stopped).containsExactly(RUN);
        assertThat(github.refused).isEmpty();
    }

    /** What does not fit into a reference would be told again and again. */
    @Test
    void whatCannotBeKeptInMindIsToldInTheEnd() {
        ConnectorAnswer now = connector.call(call);
        Run run = github.runs.get(0);
        run.status = "in_progress";
        for (long id = 399_444_496_000L; run.jobs.size() < 40; id++) {
            run.jobs.add(new Job(id, "job " + run.jobs.size() + ".", "completed", "success"));
        }
        for (int i = 0; i < 10; i++) {
            github.asked.clear();
            now = asked(now);
            assertThat(now.reference()).hasSizeLessThanOrEqualTo(200);
            assertThat(github.asked).hasSizeLessThanOrEqualTo(2 + 2 * 5);
        }
        assertThat(github.log.toString()).contains("job 9. success").doesNotContain("job 39. success");

        run.status = "completed";
        run.conclusion = "success";
        assertThat(asked(now).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(github.log.toString()).containsOnlyOnce("job 9. success").containsOnlyOnce("job 39. success");
        assertThat(github.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "queued, '', ACCEPTED",
        "requested, '', ACCEPTED",
        "waiting, '', ACCEPTED",
        "pending, '', ACCEPTED",
        "in_progress, '', ACCEPTED",
        "of_a_later_version, success, ACCEPTED",
        "completed, '', ACCEPTED",
        "completed, of_a_later_version, ACCEPTED",
        "completed, action_required, ACCEPTED",
        "completed, success, SUCCEEDED",
        "completed, failure, FAILED",
        "completed, cancelled, FAILED",
        "completed, timed_out, FAILED",
        "completed, startup_failure, FAILED",
        "completed, stale, FAILED",
        "completed, skipped, FAILED",
        "completed, neutral, FAILED"
    })
    void aStatusIsWhatGitHubMeansByIt(String status, String conclusion, Outcome outcome) {
        ConnectorAnswer taken = connector.call(call);
        github.runs.get(0).status = status;
        github.runs.get(0).conclusion = conclusion.isEmpty() ? null : conclusion;

        ConnectorAnswer answer = asked(taken);
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(answer.reference()).isEqualTo(outcome == Outcome.ACCEPTED ? RUN : null);
    }

    @ParameterizedTest
    @CsvSource({"500,''", "403,''", "200,<html>", "200,''"})
    void aResultStandsWhenItsJobsCannotBeHad(int status, String body) {
        ConnectorAnswer taken = connector.call(call);
        github.trouble.add(Told.of(200, "{\"id\":" + RUN + ",\"status\":\"completed\",\"conclusion\":\"success\"}"));
        github.trouble.add(Told.of(status, body));

        assertThat(asked(taken)).isEqualTo(ConnectorAnswer.succeeded("Run " + RUN + " succeeded"));
    }

    @Test
    void anOlderVersionDoesNotTellTheRunWhichIsThenFound() {
        GithubConnector older = connector(RIGHT, "2022-11-28");
        ConnectorAnswer taken = older.call(call);
        assertThat(taken).isEqualTo(ConnectorAnswer.accepted(null));

        github.runs.get(0).listed = false;
        assertThat(older.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        github.runs.get(0).listed = true;
        assertThat(older.ask(call, null))
                .isEqualTo(ConnectorAnswer.accepted(RUN).at(PAGE));
        assertThat(github.refused).isEmpty();
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        github.order(Map.of("gatehouse_key", "key-10"));
        github.order(Map.of("gatehouse_key", "another-key-1"));
        github.order(Map.of("gatehouse_key", "key-1")).event = "push";
        Run ours = github.order(Map.of("version", "2.0", "gatehouse_key", "key-1"));
        for (int i = 0; i < 45; i++) {
            github.order(Map.of("gatehouse_key", "later-" + i));
        }
        String id = Long.toString(ours.id);
        assertThat(connector.ask(call, null).reference()).isEqualTo(id);

        ours.status = "in_progress";
        assertThat(connector.ask(call, null).reference()).isEqualTo(id);
        ours.status = "completed";
        ours.conclusion = "failure";
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(github.refused).isEmpty();
    }

    @Test
    void aRunIsFoundThoughTheClockOfGitHubIsSlow() {
        connector.call(call);
        for (int i = 0; i < 25; i++) {
            github.order(Map.of());
        }
        github.runs.forEach(run -> run.createdAt = call.notBefore().minus(Duration.ofMinutes(9)));

        assertThat(connector.ask(call, null).reference()).isEqualTo(RUN);
    }

    /** GitHub may list it later, or the workflow has no key in its run-name. */
    @Test
    void aKeyThatIsNotListedIsNeverCalledNeverSeen() {
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        for (int i = 0; i < 250; i++) {
            github.order(Map.of());
        }
        github.asked.clear();
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.asked).hasSize(10);
    }

    @Test
    void aSearchEndsWithTheRunsOfBeforeTheStep() {
        for (int i = 0; i < 250; i++) {
            github.order(Map.of()).createdAt = Instant.now().minus(Duration.ofMinutes(11));
        }

        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.asked).hasSize(1);
    }

    @Test
    void twoRunsWithOneKeyAreForAPerson() {
        connector.call(call);
        github.order(github.runs.get(0).inputs);

        assertThat(connector.ask(call, null).detail()).contains("2 runs");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202})
    void anotherSuccessDoesNotSayThatAnOrderWasTaken(int status) {
        github.beforeTheOrder = Told.of(status, "{\"workflow_run_id\":1}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void whatComesTooOftenMayComeAgainLater() {
        Told forbidden = Told.of(403, "{}");
        for (Told told : new Told[] {
            forbidden.with("Retry-After", "60"),
            forbidden.with("X-RateLimit-Remaining", "0"),
            Told.of(403, "{\"message\":\"You have exceeded a secondary rate limit.\"}")
        }) {
            github.beforeTheOrder = told;
            assertThat(connector.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);
        }
        github.beforeTheOrder = forbidden.with("X-RateLimit-Remaining", "4999");
        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({
        "403, Retry-After, 60, PT1M",
        "429, Retry-After, 60, PT1M",
        "429, X-RateLimit-Reset, 0, PT0S",
        "403, X-RateLimit-Reset, 99999999999, PT1H"
    })
    void whatComesTooOftenComesAgainOnceGithubWantsIt(int status, String header, String value, Duration wait) {
        github.beforeTheOrder =
                Told.of(status, "{}").with("X-RateLimit-Remaining", "0").with(header, value);

        assertThat(connector.call(call))
                .returns(Outcome.NOT_REACHED, ConnectorAnswer::outcome)
                .returns(wait, ConnectorAnswer::retryAfter);
    }

    @Test
    void anInputThatTheWorkflowDoesNotDeclareIsRefusedWithTheReason() {
        github.declared.remove("gatehouse_key");

        ConnectorAnswer answer = connector.call(call);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).contains("422", "Unexpected inputs provided");
        assertThat(github.runs).isEmpty();
    }

    @Test
    void anOrderThatIsTakenWithoutARunIsLookedFor() {
        github.beforeTheOrder = Told.of(200, "{\"workflow_run_id\":\"../x\"}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anotherRunThanAskedForLeavesItOpen() {
        ConnectorAnswer taken = connector.call(call);
        github.trouble.add(Told.of(200, "{\"id\":1,\"status\":\"completed\",\"conclusion\":\"success\"}"));

        assertThat(asked(taken).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"workflow_runs\":[{}]}", "{\"workflow_runs\":[null]}"})
    void aListThatCannotBeReadProvesNothing(String list) {
        github.trouble.add(Told.of(200, list));

        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void nothingIsAskedForAfterAnotherNodeHasTakenOver() {
        ConnectorAnswer taken = connector.call(call);
        github.asked.clear();
        ConnectorCall lost = ToolDouble.takenOverAfter(0, call);

        assertThat(connector.ask(lost, taken.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(connector.ask(lost, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.asked).isEmpty();
    }

    @Test
    void aSearchEndsWhenAnotherNodeTakesOver() {
        for (int i = 0; i < 45; i++) {
            github.order(Map.of());
        }

        assertThat(connector
                        .ask(ToolDouble.leased(call, () -> github.asked.size() < 2), null)
                        .outcome())
                .isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.asked).hasSize(2);
    }

    @Test
    void aWorkflowThatIsSwitchedOffIsTold() {
        github.state = "disabled_manually";

        assertThat(connector.check().detail()).contains("deploy.yml").contains("disabled_manually");
    }
}
