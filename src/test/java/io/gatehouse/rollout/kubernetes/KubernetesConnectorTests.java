package io.gatehouse.rollout.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck;
import io.gatehouse.rollout.connector.LooksBeforeItOrders;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.rollout.kubernetes.KubernetesSettings.Action;
import io.gatehouse.secret.SecretText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of the Kubernetes API. */
class KubernetesConnectorTests implements LooksBeforeItOrders {

    private static final String NEW = "registry.example.com/web:2.0";

    private final KubernetesDouble cluster = new KubernetesDouble();
    private final KubernetesConnector setImage = connector(RIGHT, Action.SET_IMAGE);
    private final KubernetesConnector undo = connector(RIGHT, Action.UNDO);
    private final ConnectorCall call = cluster.run(Map.of("IMAGE", NEW));
    private final ConnectorCall undoing = cluster.call("key-2", CommandKind.UNDO, Map.of(), Instant.now());

    @Override
    public KubernetesDouble tool() {
        return cluster;
    }

    @Override
    public ConnectorCall order(String value) {
        return cluster.run(Map.of("IMAGE", value));
    }

    @Override
    public List<String> taken() {
        return cluster.annotations().has("gatehouse.io/key")
                ? List.of(cluster.containers().get(0).get("image").asText())
                : List.of();
    }

    @Override
    public KubernetesConnector connector(String token) {
        return connector(token, Action.SET_IMAGE);
    }

    private static KubernetesSettings settings(
            Action action, @Nullable String container, Map<String, String> parameters) {
        return settings(action, container, false, parameters);
    }

    private static KubernetesSettings settings(
            Action action, @Nullable String container, boolean podLogs, Map<String, String> parameters) {
        return new KubernetesSettings(
                "https://cluster.example.com",
                "stored:cluster",
                null,
                "payments",
                "web",
                container,
                action,
                "IMAGE",
                "gatehouse.io/key",
                podLogs,
                parameters,
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
    }

    private KubernetesConnector connector(String token, Action action) {
        return action == Action.UNDO
                ? connector(token, settings(action, null, Map.of()))
                : connector(token, settings(action, "web", Map.of("IMAGE", ".*")));
    }

    private KubernetesConnector connector(String token, KubernetesSettings settings) {
        return new KubernetesConnector("deploy", settings, cluster.api("", Credential.bearer(SecretText.given(token))));
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return setImage.ask(call, before.reference());
    }

    private long patches() {
        return cluster.asked.stream()
                .filter(one -> one.method().equals("PATCH"))
                .count();
    }

    @Test
    void anImageIsSetAndRolledOut() {
        ConnectorAnswer accepted = setImage.call(call);
        assertThat(accepted).isEqualTo(ConnectorAnswer.accepted("generation/2"));
        assertThat(cluster.containers().get(0).get("image").asText()).isEqualTo(NEW);
        assertThat(cluster.containers().get(0).has("env")).isTrue();
        assertThat(cluster.containers()).hasSize(2);
        assertThat(cluster.annotations().get("gatehouse.io/key").asText()).isEqualTo("key-1");
        assertThat(cluster.spec()
                        .at("/template/metadata/annotations/gatehouse.io~1key")
                        .asText())
                .isEqualTo("key-1");
        assertThat(cluster.managers()).contains("gatehouse");
        assertThat(asked(accepted)).isEqualTo(accepted);

        assertThat(cluster.log).isEmpty();
        cluster.controllerSees();
        ConnectorAnswer rollingOut = asked(accepted);
        assertThat(rollingOut.reference()).matches("generation/2/[0-9a-f]{1,8}");
        assertThat(asked(rollingOut)).isEqualTo(rollingOut);
        assertThat(cluster.log)
                .hasToString("1 of 2 pods are new, 3 in all, 2 available\n"
                        + "Progressing True ReplicaSetUpdated told by the controller\n");

        cluster.podsAreReady();
        assertThat(asked(rollingOut).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(cluster.log.toString())
                .endsWith("2 of 2 pods are new, 2 in all, 2 available\n"
                        + "Progressing True NewReplicaSetAvailable told by the controller\n");
        assertThat(cluster.refused).isEmpty();
    }

    /** The status is of what was there before until the controller has taken notice. */
    @Test
    void whatWasReadyBeforeIsNoSuccess() {
        ConnectorAnswer accepted = setImage.call(call);

        assertThat(cluster.status().get("updatedReplicas").asInt()).isEqualTo(2);
        assertThat(asked(accepted).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 2", "2, 3, 2", "2, 2, 1", "0, 0, 0"})
    void aRolloutGoesOnWhileAPodIsMissingOldOrUnavailable(int updated, int replicas, int available) {
        ConnectorAnswer accepted = setImage.call(call);
        cluster.controllerSees();
        cluster.status()
                .put("updatedReplicas", updated)
                .put("replicas", replicas)
                .put("availableReplicas", available);

        assertThat(asked(accepted).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "Progressing, True, NewReplicaSetCreated, ACCEPTED",
        "Progressing, True, FoundNewReplicaSet, ACCEPTED",
        "Progressing, True, ReplicaSetUpdated, ACCEPTED",
        "Progressing, Unknown, DeploymentPaused, ACCEPTED",
        "Progressing, Unknown, DeploymentResumed, ACCEPTED",
        "Progressing, False, ProgressDeadlineExceeded, FAILED",
        "Available, False, MinimumReplicasUnavailable, ACCEPTED",
        "ReplicaFailure, True, FailedCreate, ACCEPTED",
        "Something, True, NewlyInvented, ACCEPTED"
    })
    void aConditionIsWhatKubernetesMeansByIt(String type, String status, String reason, Outcome outcome) {
        ConnectorAnswer accepted = setImage.call(call);
        cluster.controllerSees();
        cluster.condition(type, status, reason);

        ConnectorAnswer answer = asked(accepted);
        assertThat(answer.outcome()).isEqualTo(outcome);
        assertThat(cluster.log.toString()).contains(reason);
    }

    @Test
    void whatANewPodPrintsIsToldWhileItIsRolledOut() {
        KubernetesConnector reading = connector(RIGHT, settings(Action.SET_IMAGE, "web", true, Map.of("IMAGE", ".*")));
        cluster.pod("web-old-1", false, "CrashLoopBackOff");
        ConnectorAnswer now = reading.call(call);
        cluster.controllerSees();
        cluster.pod("web-new-1", false, "CrashLoopBackOff");
        now = reading.ask(call, now.reference());
        assertThat(cluster.log.toString())
                .endsWith("told by the controller\nweb-new-1 web CrashLoopBackOff\n")
                .doesNotContain("web-old-1");

        cluster.pod("web-new-1", false, null);
        cluster.pod("web-new-2", true, null);
        cluster.printed.put("web-new-1", "2026-12-01T10:00:01.25Z Starting\n2026-12-01T10:00:01.5Z by right-token\n");
        now = reading.ask(call, now.reference());
        assertThat(now.reference()).endsWith("/web-new-1/2026-12-01T10:00:01.500Z");
        assertThat(cluster.log.toString())
                .contains("told by the controller\nweb-new-1 prints:\nStarting\nby ")
                .doesNotContain(RIGHT);
        assertThat(reading.ask(call, now.reference())).isEqualTo(now);

        cluster.printed.merge("web-new-1", "2026-12-01T10:00:01.75Z Started\n", String::concat);
        now = reading.ask(call, now.reference());
        assertThat(cluster.log.toString()).containsOnlyOnce("Starting").endsWith("Started\n");

        cluster.pod("web-new-1", true, null);
        cluster.pod("web-new-2", false, null);
        cluster.printed.put("web-new-2", "2026-12-01T10:00:09Z Cannot connect\n");
        now = reading.ask(call, now.reference());
        assertThat(cluster.log.toString()).endsWith("Started\nweb-new-2 prints:\nCannot connect\n");
        cluster.pod("web-new-1", false, null);
        cluster.pod("web-new-2", true, null);
        now = reading.ask(call, now.reference());
        assertThat(cluster.log.toString()).containsOnlyOnce("Starting").endsWith("Cannot connect\n");

        cluster.podsAreReady();
        assertThat(reading.ask(call, now.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(cluster.refused).isEmpty();
    }

    @Test
    void aLogThatCannotBeHadStopsNothing() {
        KubernetesConnector reading = connector(RIGHT, settings(Action.SET_IMAGE, "web", true, Map.of("IMAGE", ".*")));
        ConnectorAnswer now = reading.call(call);
        cluster.controllerSees();
        cluster.pod("web-new-1", false, null);
        cluster.mayReadPods = false;
        now = reading.ask(call, now.reference());
        assertThat(now.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(cluster.log.toString()).startsWith("1 of 2 pods are new");

        for (int status : new int[] {200, 500}) {
            cluster.trouble.add(Told.of(200, cluster.deployment.toString()));
            cluster.trouble.add(Told.of(status, "<html>"));
            assertThat(reading.ask(call, now.reference())).isEqualTo(now);
        }
        assertThat(cluster.log.toString()).containsOnlyOnce("1 of 2 pods are new");

        cluster.podsAreReady();
        assertThat(reading.ask(call, now.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(cluster.refused).isEmpty();
    }

    @Test
    void ofAnUndoThePodsOfTheRevisionItReturnsToAreRead() {
        cluster.pod("web-there-1", true, null);
        setImage.call(call);
        cluster.controllerSees();
        cluster.podsAreReady();
        cluster.pod("web-failing-1", false, "CrashLoopBackOff");
        KubernetesConnector reading = connector(RIGHT, settings(Action.UNDO, null, true, Map.of()));
        ConnectorAnswer now = reading.call(undoing);
        cluster.controllerSees();
        cluster.pod("web-back-1", false, null);
        cluster.printed.put("web-back-1", "2026-12-01T10:00:01Z Starting\n");

        now = reading.ask(undoing, now.reference());

        assertThat(now.reference()).endsWith("/web-back-1/2026-12-01T10:00:01Z");
        assertThat(cluster.log.toString())
                .endsWith("web-back-1 prints:\nStarting\n")
                .doesNotContain("CrashLoopBackOff");
        assertThat(cluster.refused).isEmpty();
    }

    /** More in a second than is read at once does not keep what comes afterwards away. */
    @Test
    void aPodThatPrintsVeryMuchIsReadOn() {
        KubernetesConnector reading = connector(RIGHT, settings(Action.SET_IMAGE, "web", true, Map.of("IMAGE", ".*")));
        ConnectorAnswer now = reading.call(call);
        cluster.controllerSees();
        cluster.pod("web-new-1", false, null);
        String line = "2026-12-01T10:00:01.5Z " + "x".repeat(1000) + "\n";
        cluster.printed.put("web-new-1", line.repeat(200) + "2026-12-01T10:00:02.1Z after\n");
        for (int i = 0; i < 4; i++) {
            now = reading.ask(call, now.reference());
        }

        assertThat(cluster.log.toString()).endsWith("\nafter\n");
    }

    @Test
    void onlyWhoWantsLogsOfPodsNeedsToBeAllowedTo() {
        ConnectorAnswer now = setImage.call(call);
        cluster.controllerSees();
        cluster.pod("web-new-1", false, null);
        cluster.asked.clear();

        asked(now);

        assertThat(cluster.asked).hasSize(1);
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        assertThat(setImage.afterCrash()).isEqualTo(AfterCrash.QUERYABLE);
        assertThat(setImage.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        cluster.losesTheAnswer = true;
        assertThat(setImage.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(setImage.ask(call, null).reference()).isEqualTo("generation/2");

        cluster.controllerSees();
        cluster.podsAreReady();
        assertThat(setImage.ask(call, null).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void anOrderThatWasTakenIsNotGivenAgain() {
        setImage.call(call);

        assertThat(setImage.call(call)).isEqualTo(ConnectorAnswer.accepted("generation/2"));
        assertThat(patches()).isEqualTo(1);
    }

    @Test
    void aMissingKeyIsNotSaidToBeUnknownWhenSomebodyMayHaveTakenItAway() {
        setImage.call(cluster.call("another", CommandKind.RUN, Map.of("IMAGE", NEW), Instant.now()));
        assertThat(setImage.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aMissingKeyIsNotSaidToBeUnknownWithoutProof() {
        ConnectorCall begunLongAgo =
                cluster.call("key-1", CommandKind.RUN, Map.of("IMAGE", NEW), Instant.parse("2026-01-05T10:05:00Z"));
        assertThat(setImage.ask(begunLongAgo, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        cluster.metadata().putArray("managedFields");
        assertThat(setImage.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        cluster.metadata()
                .putArray("managedFields")
                .addObject()
                .put("manager", "kubectl")
                .put("time", "yesterday");
        assertThat(setImage.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    /** Taking away alone leaves no trace in the managed fields. */
    @Test
    void aKeyThatWasTakenAwayIsStillInTheReplicaSets() {
        setImage.call(call);
        cluster.controllerSees();
        undo.call(undoing);
        cluster.controllerSees();
        cluster.annotations().remove("gatehouse.io/key");
        cluster.metadata().putArray("managedFields").addObject().put("time", "2026-01-05T10:00:00Z");

        assertThat(setImage.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(undo.ask(undoing, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        ConnectorCall third = cluster.call("key-3", CommandKind.RUN, Map.of("IMAGE", NEW), Instant.now());
        assertThat(setImage.ask(third, null)).isEqualTo(ConnectorAnswer.neverSeen());

        cluster.trouble.add(Told.of(200, cluster.deployment.toString()));
        cluster.trouble.add(Told.of(200, "{}"));
        assertThat(setImage.ask(third, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anOrderThatSomebodyHasReplacedIsNoSuccess() {
        ConnectorAnswer accepted = setImage.call(call);
        cluster.somebodySetsTheImage("registry.example.com/web:3.0");
        cluster.controllerSees();
        cluster.podsAreReady();

        assertThat(asked(accepted).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        cluster.annotations().remove("gatehouse.io/key");
        assertThat(asked(accepted).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anUndoReturnsToTheRevisionBefore() {
        setImage.call(call);
        cluster.controllerSees();

        ConnectorAnswer accepted = undo.call(undoing);
        assertThat(accepted).isEqualTo(ConnectorAnswer.accepted("generation/3"));
        assertThat(cluster.containers().get(0).get("image").asText()).isEqualTo("registry.example.com/web:1.0");
        assertThat(cluster.spec().at("/template/metadata").has("annotations")).isFalse();
        assertThat(undo.ask(undoing, accepted.reference())).isEqualTo(accepted);

        cluster.controllerSees();
        assertThat(cluster.replicaSets).hasSize(2);
        cluster.podsAreReady();
        assertThat(undo.ask(undoing, accepted.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(undo.ask(undoing, null).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(cluster.refused).isEmpty();
    }

    @Test
    void anUndoIsNotGivenTwice() {
        setImage.call(call);
        cluster.controllerSees();
        undo.call(undoing);
        cluster.controllerSees();

        assertThat(undo.call(undoing).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(cluster.containers().get(0).get("image").asText()).isEqualTo("registry.example.com/web:1.0");
    }

    @Test
    void anUndoThatSomebodyHasReplacedIsNoSuccess() {
        setImage.call(call);
        cluster.controllerSees();
        ConnectorAnswer accepted = undo.call(undoing);
        cluster.somebodySetsTheImage("registry.example.com/web:3.0");
        cluster.controllerSees();
        cluster.podsAreReady();

        assertThat(undo.ask(undoing, accepted.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        cluster.annotations().put("gatehouse.io/key-returned-to", "../secrets");
        assertThat(undo.ask(undoing, accepted.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(cluster.refused).isEmpty();
    }

    /** Until the controller has, the revision before the last one would be taken for the one before the present. */
    @Test
    void anUndoWaitsUntilTheControllerHasTakenNotice() {
        setImage.call(call);

        assertThat(undo.call(undoing).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(patches()).isEqualTo(1);
    }

    @Test
    void whereThereIsNoRevisionBeforeNothingIsUndone() {
        assertThat(undo.call(undoing).outcome()).isEqualTo(Outcome.REFUSED);

        cluster.replicaSets.put(
                "other",
                KubernetesDouble.read(
                        """
                {"metadata": {"name": "other", "annotations": {"deployment.kubernetes.io/revision": "7"},
                  "ownerReferences": [{"uid": "another", "controller": true}]}}
                """));
        assertThat(undo.call(undoing).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(patches()).isZero();
    }

    @Test
    void whatCannotBeRolledOutIsRefused() {
        cluster.spec().put("paused", true);
        assertThat(setImage.call(call).outcome()).isEqualTo(Outcome.REFUSED);

        cluster.spec().put("paused", false);
        KubernetesConnector misspelt = connector(RIGHT, settings(Action.SET_IMAGE, "wbe", Map.of("IMAGE", ".*")));
        assertThat(misspelt.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(misspelt.check().detail()).contains("wbe");
        assertThat(patches()).isZero();
    }

    @Test
    void anotherSuccessDoesNotSayThatAnOrderWasTaken() {
        cluster.beforeTheOrder = Told.of(202, cluster.deployment.toString());

        assertThat(setImage.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anOrderForAVersionThatHasChangedIsNotTaken() {
        cluster.trouble.add(Told.of(200, cluster.deployment.toString()));
        cluster.somebodySetsTheImage("registry.example.com/web:3.0");

        assertThat(setImage.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(cluster.containers().get(0).get("image").asText()).isEqualTo("registry.example.com/web:3.0");
    }

    @Test
    void whoHasLostTheLeaseStops() {
        assertThat(setImage.ask(ToolDouble.takenOverAfter(0, call), null)).isEqualTo(ConnectorAnswer.takenOver());
        cluster.somebodySetsTheImage(NEW);
        cluster.controllerSees();
        assertThat(undo.call(ToolDouble.takenOverAfter(1, call))).isEqualTo(ConnectorAnswer.takenOver());
        assertThat(patches()).isZero();

        undo.call(undoing);
        int before = cluster.asked.size();
        assertThat(undo.ask(ToolDouble.takenOverAfter(0, undoing), "generation/3"))
                .isEqualTo(ConnectorAnswer.takenOver());
        assertThat(cluster.asked).hasSize(before + 1);
    }

    @Test
    void whoMayNotPatchIsTold() {
        ConnectorCheck well = ConnectorCheck.ok("The cluster lets us in, and the Deployment may be patched.");
        assertThat(setImage.check()).isEqualTo(well);
        assertThat(undo.check()).isEqualTo(well);

        cluster.mayPatch = false;
        assertThat(setImage.check().detail()).contains("may not patch");
        assertThat(patches()).isZero();
    }
}
