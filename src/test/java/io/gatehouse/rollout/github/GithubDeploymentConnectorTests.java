package io.gatehouse.rollout.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.PolledToolContract;
import io.gatehouse.rollout.connector.Stopping;
import io.gatehouse.rollout.github.GithubDouble.Deployment;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of GitHub. */
class GithubDeploymentConnectorTests implements PolledToolContract {

    private static final String PAGE = "https://ci.example.com/deployments/42";

    private final GithubDouble github = new GithubDouble();
    private final GithubDeploymentConnector connector = connector(RIGHT);
    private final ConnectorCall call = order("2.0");

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
        return github.deployments.stream()
                .map(deployment ->
                        deployment.order.path("payload").path("version").asText())
                .toList();
    }

    @Override
    public int takenStatus() {
        return 201;
    }

    /** No status yet is an answer. */
    @Override
    public List<String> noAnswers() {
        return List.of("<html>", "null", "{}", "[null]", "[{}]", "");
    }

    @Override
    public GithubDeploymentConnector connector(String token) {
        return connector(token, null, null);
    }

    private GithubDeploymentConnector connector(
            String token, @Nullable String task, @Nullable List<String> requiredContexts) {
        GithubSettings settings = new GithubSettings(
                github.url("/api/v3"),
                token,
                "acme/payments",
                GithubTrigger.DEPLOYMENT,
                null,
                "main",
                null,
                "production",
                task,
                requiredContexts,
                "gatehouse_key",
                Map.of("version", ".*"),
                "2026-03-10",
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
        return new GithubDeploymentConnector(
                "deploy", settings, github.api("/api/v3", Credential.bearer(SecretText.given(token))));
    }

    @Override
    public Map<String, String> proof(String secret) {
        return GithubDouble.proof(secret);
    }

    /** One past the connector. */
    private Deployment deployed(String environment, String key) {
        return github.deploy(GithubDouble.tree(
                """
                {"ref": "main", "environment": "%s", "payload": {"gatehouse_key": "%s"}}
                """
                        .formatted(environment, key)));
    }

    private String ordered() {
        return github.asked.get(github.asked.size() - 1).body();
    }

    @Test
    void anOrderIsADeploymentAndHasAResult() {
        ConnectorAnswer taken = connector.call(call);
        assertThat(taken).isEqualTo(ConnectorAnswer.accepted("42"));
        assertThat(GithubDouble.tree(ordered()))
                .isEqualTo(
                        GithubDouble.tree(
                                """
                        {"ref": "main", "environment": "production", "auto_merge": false,
                         "payload": {"version": "2.0", "gatehouse_key": "key-1"}}
                        """));
        assertThat(connector.ask(call, "42")).isEqualTo(taken);

        github.deployments.get(0).tell("in_progress", "");
        assertThat(connector.ask(call, "42")).isEqualTo(taken.at(PAGE));

        github.deployments.get(0).tell("success", "Deployment finished successfully.");
        assertThat(connector.ask(call, "42"))
                .isEqualTo(
                        ConnectorAnswer.succeeded("Deployment 42 ended as success: Deployment finished successfully.")
                                .at(PAGE));
        assertThat(github.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "queued, ACCEPTED",
        "pending, ACCEPTED",
        "in_progress, ACCEPTED",
        "of_a_later_version, ACCEPTED",
        "success, SUCCEEDED",
        "failure, FAILED",
        "error, FAILED"
    })
    void aStatusIsWhatGitHubMeansByIt(String state, Outcome outcome) {
        connector.call(call);
        github.deployments.get(0).tell(state, "");
        assertThat(connector.ask(call, "42").outcome()).isEqualTo(outcome);

        // Another deployment has taken its place since.
        github.deployments.get(0).tell("inactive", "");
        assertThat(connector.ask(call, "42").outcome()).isEqualTo(outcome);
    }

    @Test
    void aDeploymentThatIsOnlyInactiveIsNotDone() {
        connector.call(call);
        github.deployments.get(0).tell("inactive", "");

        assertThat(connector.ask(call, "42")).isEqualTo(ConnectorAnswer.accepted("42"));
    }

    /** Two at a time are of the same second. */
    @Test
    void theLastStatusCountsInWhateverOrderTheyAreListed() {
        connector.call(call);
        Deployment deployment = github.deployments.get(0);
        List.of("queued", "in_progress", "failure", "pending", "error", "success")
                .forEach(state -> deployment.tell(state, ""));

        assertThat(connector.ask(call, "42").outcome()).isEqualTo(Outcome.SUCCEEDED);
        Collections.reverse(deployment.statuses);
        assertThat(connector.ask(call, "42").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void statusesOfAnotherDeploymentLeaveItOpen() {
        connector.call(call);
        github.deployments.get(0).tell("success", "");
        github.deployments.get(0).statuses.get(0).put("deployment_url", "https://github.example.com/deployments/142");

        assertThat(connector.ask(call, "42").outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aTaskAndWhatTheCommitNeedsAreToldIfTheyAreSet() {
        connector(RIGHT, "deploy:migrations", List.of("ci/test")).call(call);

        assertThat(GithubDouble.tree(ordered()).path("task").asText()).isEqualTo("deploy:migrations");
        assertThat(GithubDouble.tree(ordered()).path("required_contexts"))
                .isEqualTo(GithubDouble.tree("[\"ci/test\"]"));
        assertThat(github.refused).isEmpty();
    }

    @Test
    void aCommitWhoseStatusesAreNoSuccessIsRefusedWithTheReason() {
        github.unsuccessful.add("ci/test");

        for (ConnectorAnswer answer : List.of(
                connector.call(call), connector(RIGHT, null, List.of("ci/test")).call(call))) {
            assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(answer.detail()).contains("409", "Commit status checks failed");
        }
        assertThat(github.deployments).isEmpty();
        assertThat(connector(RIGHT, null, List.of()).call(call).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void aMergeInPlaceOfADeploymentDidNotRun() {
        github.beforeTheOrder = Told.of(202, "{\"message\":\"Auto-merged master into topic-branch on deployment.\"}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204})
    void anotherSuccessDoesNotSayThatAnOrderWasTaken(int status) {
        github.beforeTheOrder = Told.of(status, status == 204 ? "" : "{\"id\":42}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        deployed("production", "key-10");
        deployed("staging", "key-1");
        Deployment ours = deployed("production", "key-1");
        for (int i = 0; i < 60; i++) {
            deployed("production", "later-" + i);
        }
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.accepted(Long.toString(ours.id)));

        ours.tell("failure", "");
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(github.refused).isEmpty();
    }

    @Test
    void aKeyThatIsNotListedIsNeverCalledNeverSeen() {
        connector.call(call);
        github.deployments.get(0).listed = false;
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        for (int i = 0; i < 250; i++) {
            deployed("production", "later-" + i);
        }
        github.asked.clear();
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.asked).hasSize(4);
    }

    @Test
    void twoDeploymentsWithOneKeyAreForAPerson() {
        connector.call(call);
        deployed("production", "key-1");

        assertThat(connector.ask(call, null).detail()).contains("2 deployments");
    }

    @Test
    void nothingIsAskedForAfterAnotherNodeHasTakenOver() {
        connector.call(call);
        github.asked.clear();
        ConnectorCall lost = ToolDouble.takenOverAfter(0, call);

        assertThat(connector.ask(lost, "42").outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(connector.ask(lost, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.asked).isEmpty();
    }

    @Test
    void nothingStopsADeployment() {
        connector.call(call);
        github.asked.clear();

        assertThat(connector.stopping()).isEqualTo(Stopping.NEVER);
        assertThat(connector.stop(call, "42").outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(github.asked).isEmpty();
    }
}
