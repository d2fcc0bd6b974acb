package io.gatehouse.rollout.github;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.StoppableToolContract;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble.Asked;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Events that workflows wait for, where these are unlike workflows that are started by name. */
class GithubRepositoryDispatchTests implements StoppableToolContract {

    private static final String RUN = "30433642000";

    private final GithubDouble github = new GithubDouble();
    private final GithubConnector connector = connector(RIGHT);
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
        return github.runs.stream()
                .map(run -> String.valueOf(run.inputs.get("version")))
                .toList();
    }

    @Override
    public GithubConnector connector(String token) {
        return connector(token, "deploy");
    }

    private GithubConnector connector(String token, String eventType) {
        GithubSettings settings = new GithubSettings(
                github.url("/api/v3"),
                token,
                "acme/payments",
                GithubTrigger.REPOSITORY_DISPATCH,
                "deploy.yml",
                null,
                eventType,
                null,
                null,
                null,
                "gatehouse_key",
                Map.of("version", ".*"),
                "2026-03-10",
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

    /** GitHub answers an event with no body at all, so only what it shows can be too large. */
    @Override
    @Test
    public void anOrderThatWasTakenIsFoundWhenItsAnswerWasTooLargeToRead() {
        connector.call(call);
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.ACCEPTED);

        github.padded = request -> true;
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anEventIsTakenWithoutARunWhichIsThenFound() {
        ConnectorAnswer taken = connector.call(call);
        assertThat(taken).isEqualTo(ConnectorAnswer.accepted(null));
        assertThat(github.asked).extracting(Asked::path).containsExactly("/api/v3/repos/acme/payments/dispatches");
        assertThat(GithubDouble.tree(github.asked.get(0).body()))
                .isEqualTo(
                        GithubDouble.tree(
                                """
                        {"event_type": "deploy", "client_payload": {"version": "2.0", "gatehouse_key": "key-1"}}
                        """));

        assertThat(connector.ask(call, null).reference()).isEqualTo(RUN);
        succeed();
        assertThat(connector.ask(call, RUN).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(github.refused).isEmpty();
    }

    @Test
    void aRunThatSomebodyStartedByNameIsNotTheEvents() {
        github.order(Map.of("gatehouse_key", "key-1"));

        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(github.refused).isEmpty();
    }

    /** GitHub takes any event, whether a workflow waits for it or not. */
    @Test
    void anEventThatNoWorkflowWaitsForIsForAPerson() {
        GithubConnector misspelt = connector(RIGHT, "deplyo");
        assertThat(misspelt.call(call).outcome()).isEqualTo(Outcome.ACCEPTED);

        assertThat(misspelt.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202})
    void anotherSuccessDoesNotSayThatAnEventWasTaken(int status) {
        github.beforeTheOrder = Told.of(status, "{\"workflow_run_id\":1}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anEventThatIsNotTakenIsToldWithTheReason() {
        github.beforeTheOrder = Told.of(422, "{\"message\":\"Validation Failed\"}");

        assertThat(connector.call(call))
                .returns(Outcome.REFUSED, ConnectorAnswer::outcome)
                .extracting(ConnectorAnswer::detail)
                .asString()
                .contains("422", "Validation Failed");
    }
}
