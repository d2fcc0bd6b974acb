package io.gatehouse.rollout.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to what Jenkins says of its REST API. */
class JenkinsConnectorTests implements LooksBeforeItOrders, StoppableToolContract {

    private final JenkinsDouble jenkins = new JenkinsDouble();
    private final JenkinsConnector connector = connector(RIGHT);
    private final ConnectorCall call = jenkins.run(Map.of("VERSION", "2.0"));

    @Override
    public JenkinsDouble tool() {
        return jenkins;
    }

    @Override
    public ConnectorCall order(String value) {
        return jenkins.run(Map.of("VERSION", value));
    }

    @Override
    public List<String> taken() {
        return jenkins.builds.stream()
                .map(build -> String.valueOf(build.parameters.get("VERSION")))
                .toList();
    }

    /** Its place in the queue is forgotten, and the build is looked for. */
    @Override
    public Outcome gone() {
        return Outcome.ACCEPTED;
    }

    @Override
    public JenkinsConnector connector(String token) {
        JenkinsSettings settings = new JenkinsSettings(
                jenkins.url("/jenkins"),
                "rita",
                token,
                "payments/deploy",
                "GATEHOUSE_KEY",
                Map.of("VERSION", "[0-9.]+"),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
        return new JenkinsConnector(
                "deploy", settings, jenkins.api("/jenkins", Credential.basic("rita", SecretText.given(token))));
    }

    @Override
    public void begin() {
        jenkins.builds.get(0).number = 35;
    }

    @Override
    public void succeed() {
        jenkins.builds.get(0).result = "SUCCESS";
    }

    @Override
    public List<Integer> tooLate() {
        return List.of(404, 422);
    }

    @Test
    void whatWaitsInTheQueueIsTakenOutOfIt() {
        ConnectorAnswer queued = connector.call(call);

        assertThat(connector.stop(call, queued.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(jenkins.stopped).containsExactly("100");
        assertThat(asked(queued).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatLeavesTheQueueMeanwhileIsLookedAtAgain() {
        ConnectorAnswer queued = connector.call(call);
        ConnectorCall leaving = ToolDouble.leased(call, () -> {
            begin();
            return true;
        });

        assertThat(connector.stop(leaving, queued.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(jenkins.stopped).isEmpty();

        assertThat(connector.stop(call, queued.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(jenkins.stopped).containsExactly("35");
        assertThat(jenkins.refused).isEmpty();
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    @Test
    void anOrderIsQueuedAndBuiltAndHasAResult() {
        ConnectorAnswer queued = connector.call(call);
        assertThat(queued).isEqualTo(ConnectorAnswer.accepted("queue/100"));
        assertThat(jenkins.builds)
                .singleElement()
                .extracting(build -> build.parameters)
                .isEqualTo(Map.of("VERSION", "2.0", "GATEHOUSE_KEY", "key-1"));
        assertThat(asked(queued)).isEqualTo(queued);

        JenkinsDouble.Build build = jenkins.builds.get(0);
        build.number = 35;
        ConnectorAnswer building = asked(queued);
        assertThat(building.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(building.reference()).isEqualTo("build/35/16");
        assertThat(building.link()).isEqualTo(jenkins.url("/jenkins/job/payments/job/deploy/35/"));

        build.result = "SUCCESS";
        ConnectorAnswer done = asked(building);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.link()).isEqualTo(building.link());
        assertThat(jenkins.log).hasToString("Started by rita\nDone\n");
        assertThat(jenkins.refused).isEmpty();
    }

    @Test
    void whatABuildPrintsIsKeptWhileItRunsAndOnce() {
        ConnectorAnswer queued = connector.call(call);
        JenkinsDouble.Build build = jenkins.builds.get(0);
        build.number = 35;
        ConnectorAnswer building = asked(queued);
        assertThat(jenkins.log).hasToString("Started by rita\n");

        build.log += "Half of it\n";
        building = asked(building);
        assertThat(jenkins.log).hasToString("Started by rita\nHalf of it\n");
        assertThat(building.reference()).isEqualTo("build/35/27");

        assertThat(asked(building)).isEqualTo(building);
        build.result = "SUCCESS";
        asked(building);
        assertThat(jenkins.log).hasToString("Started by rita\nHalf of it\nDone\n");
        assertThat(jenkins.refused).isEmpty();
    }

    @Test
    void aPieceOfTheLogThatCannotBeHadComesWithTheNextQuestion() {
        ConnectorAnswer queued = connector.call(call);
        jenkins.builds.get(0).number = 35;
        jenkins.withoutLog = true;

        ConnectorAnswer building = asked(queued);
        assertThat(building.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(jenkins.log).isEmpty();

        jenkins.withoutLog = false;
        asked(building);
        assertThat(jenkins.log).hasToString("Started by rita\n");
    }

    @ParameterizedTest
    @CsvSource({"FAILURE, FAILED", "UNSTABLE, FAILED", "ABORTED, FAILED", "NOT_BUILT, FAILED", "SUCCESS, SUCCEEDED"})
    void aResultIsWhatJenkinsMeansByIt(String result, Outcome outcome) {
        ConnectorAnswer queued = connector.call(call);
        jenkins.builds.get(0).number = 1;
        jenkins.builds.get(0).result = result;

        assertThat(asked(queued).outcome()).isEqualTo(outcome);
    }

    @Test
    void whatIsTakenOutOfTheQueueNeverBegan() {
        ConnectorAnswer queued = connector.call(call);
        jenkins.builds.get(0).cancelled = true;

        assertThat(asked(queued).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void aBuildIsFoundAfterItsPlaceInTheQueueIsForgotten() {
        ConnectorAnswer queued = connector.call(call);
        jenkins.builds.get(0).number = 7;
        jenkins.builds.get(0).forgotten = true;

        assertThat(asked(queued).reference()).startsWith("build/7/");
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        jenkins.order(Map.of("GATEHOUSE_KEY", "another"));
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        connector.call(call);
        assertThat(connector.ask(call, null).reference()).isEqualTo("queue/101");

        jenkins.builds.get(1).number = 8;
        assertThat(connector.ask(call, null).reference()).startsWith("build/8/");
        assertThat(jenkins.refused).isEmpty();
    }

    @Test
    void aKeyIsNotSaidToBeUnknownWhenItsBuildMayBeFurtherDown() {
        for (int i = 1; i <= 150; i++) {
            jenkins.order(Map.of()).number = i;
        }
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        jenkins.builds.forEach(build -> build.timestamp -= Duration.ofDays(1).toMillis());
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
        ConnectorCall begunLongAgo =
                jenkins.call("key-1", CommandKind.RUN, Map.of(), Instant.now().minus(Duration.ofDays(2)));
        assertThat(connector.ask(begunLongAgo, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    /** Jenkins would drop it, and a build without the key is not found again after a crash. */
    @ParameterizedTest
    @ValueSource(strings = {"GATEHOUSE_KEY", "VERSION"})
    void aJobThatDoesNotDeclareWhatItIsGivenIsNotBuilt(String parameter) {
        jenkins.declared.remove(parameter);

        ConnectorAnswer answer = connector.call(call);

        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).contains(parameter);
        assertThat(connector.check()).isEqualTo(ConnectorCheck.failed(answer.detail()));
        assertThat(jenkins.builds).isEmpty();
    }

    @Test
    void whatAnotherNodeHasTakenOverIsNotAskedFor() {
        assertThat(connector.ask(ToolDouble.takenOverAfter(0, call), null)).isEqualTo(ConnectorAnswer.takenOver());
        assertThat(jenkins.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"build/", "build/..", "queue/1/../../..", "build/1?x", "other/1"})
    void aReferenceThatIsNoneIsNotAskedFor(String reference) {
        assertThat(connector.ask(call, reference)).isEqualTo(ConnectorAnswer.neverSeen());
        assertThat(jenkins.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'{\"cancelled\": false}'", "'{\"id\": \"..\"}'", "'{\"executable\": {\"number\": 1}, \"id\": \"x\"}'"})
    void anEntryWithoutANumberLeavesItOpen(String entry) {
        ConnectorAnswer queued = connector.call(call);
        jenkins.trouble.add(Told.of(200, entry));

        assertThat(asked(queued).outcome()).isIn(Outcome.AMBIGUOUS, Outcome.ACCEPTED);
    }
}
