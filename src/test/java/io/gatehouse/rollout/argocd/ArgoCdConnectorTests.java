package io.gatehouse.rollout.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.ConnectorCheck.Result;
import io.gatehouse.rollout.connector.LooksBeforeItOrders;
import io.gatehouse.rollout.connector.StoppableToolContract;
import io.gatehouse.rollout.http.Credential;
import io.gatehouse.rollout.http.HttpLimits;
import io.gatehouse.rollout.http.ToolDouble.Told;
import io.gatehouse.secret.SecretText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Against a double that keeps to the documentation of Argo CD. */
class ArgoCdConnectorTests implements LooksBeforeItOrders, StoppableToolContract {

    private static final String OTHER_COMMIT = "ffff8ff20cc530b9ada2173fbbd64d4833858000";

    /** So long after an order that it is no longer on its way. */
    private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

    private final ArgoCdDouble argo = new ArgoCdDouble();
    private final ArgoCdConnector connector = connector(ArgoCdAction.SYNC, RIGHT, LATER);
    private final ArgoCdConnector rollback = connector(ArgoCdAction.ROLLBACK, RIGHT, LATER);
    private final ConnectorCall call = argo.run(Map.of("revision", ArgoCdDouble.COMMIT));
    private final ConnectorCall back = argo.run(Map.of("id", "7"));

    @Override
    public ArgoCdDouble tool() {
        return argo;
    }

    @Override
    public ConnectorCall order() {
        return call;
    }

    @Override
    public ConnectorCall order(String value) {
        return argo.run(Map.of("revision", value));
    }

    @Override
    public List<String> taken() {
        return argo.application.path("operation").findValuesAsText("revision");
    }

    @Override
    public ArgoCdConnector connector(String token) {
        return connector(ArgoCdAction.SYNC, token, LATER);
    }

    @Override
    public void begin() {
        argo.begin(Instant.now());
    }

    @Override
    public void succeed() {
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.reconcile("Healthy");
    }

    @Override
    public List<Integer> tooLate() {
        return List.of(400);
    }

    @Test
    void theOperationOfAnotherIsNotStopped() {
        connector.call(call);
        argo.application.remove("operation");
        argo.orderedByAnother();
        argo.begin(Instant.now());

        assertThat(connector.stop(call, "key-1").outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(argo.stopped).isEmpty();
    }

    @Test
    void whatHasNotBegunOrWaitsForItsHealthCannotBeStopped() {
        ConnectorAnswer ordered = connector.call(call);
        assertThat(connector.stop(call, ordered.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        argo.begin(Instant.now());
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        assertThat(connector.stop(call, ordered.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aRollbackIsStopped() {
        ConnectorAnswer ordered = rollback.call(back);
        argo.begin(Instant.now());

        assertThat(rollback.stop(back, ordered.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(argo.stopped).hasSize(1);
    }

    private ArgoCdSettings settings(ArgoCdAction action, @Nullable String namespace) {
        return new ArgoCdSettings(
                argo.url("/cd"),
                RIGHT,
                "payments",
                "shop",
                namespace,
                action,
                true,
                Map.of(action.parameter(), ".*"),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofHours(1),
                null,
                new HttpLimits(Duration.ofSeconds(2), Duration.ofSeconds(2), DataSize.ofKilobytes(64)));
    }

    private ArgoCdConnector connector(ArgoCdAction action, String token, Clock clock) {
        return connector(settings(action, null), token, clock);
    }

    private ArgoCdConnector connector(ArgoCdSettings settings, String token, Clock clock) {
        return new ArgoCdConnector(
                "deploy", settings, argo.api("/cd", Credential.bearer(SecretText.given(token))), clock);
    }

    private ConnectorAnswer asked(ConnectorAnswer before) {
        return connector.ask(call, before.reference());
    }

    private ConnectorAnswer begun() {
        ConnectorAnswer ordered = connector.call(call);
        argo.begin(Instant.now());
        return ordered;
    }

    @Test
    void anOrderBeginsAndSucceedsAndIsDoneOnceTheApplicationIsHealthy() {
        ConnectorAnswer ordered = connector.call(call);
        assertThat(ordered).isEqualTo(ConnectorAnswer.accepted("key-1").at(argo.url("/cd/applications/payments")));
        assertThat(argo.orders())
                .containsExactly(ArgoCdDouble.read(
                        """
                {"prune":true,"project":"shop","revision":"%s","infos":[{"name":"gatehouse-key","value":"key-1"}]}"""
                                .formatted(ArgoCdDouble.COMMIT)));
        assertThat(asked(ordered)).isEqualTo(ordered);

        argo.begin(Instant.parse("2024-03-01T10:00:00Z"));
        ConnectorAnswer begun = asked(ordered);
        assertThat(begun.outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(begun.reference()).matches("key-1@2024-03-01T10:00:00Z/[\\w-]{4}");
        assertThat(begun.link()).isEqualTo(ordered.link());

        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        assertThat(asked(begun).outcome()).isEqualTo(Outcome.ACCEPTED);
        argo.reconcile("Progressing");
        assertThat(asked(begun).outcome()).isEqualTo(Outcome.ACCEPTED);

        argo.reconcile("Healthy");
        ConnectorAnswer done = asked(begun);
        assertThat(done.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(done.link()).isEqualTo(ordered.link());
        assertThat(argo.refused).isEmpty();
    }

    /** Each question by another connector, as after a restart: all it knows is the reference. */
    private ConnectorAnswer tells(ConnectorAnswer before, String... lines) {
        int from = argo.log.length();
        ConnectorAnswer now = connector(RIGHT).ask(call, before.reference());
        assertThat(argo.log.substring(from).lines()).containsExactly(lines);

        int to = argo.log.length();
        if (now.outcome() == Outcome.ACCEPTED) {
            assertThat(connector(RIGHT).ask(call, now.reference())).isEqualTo(now);
            assertThat(argo.log).as("nothing has changed").hasSize(to);
        }
        return now;
    }

    @Test
    void whatHasChangedIsToldWhileASyncRuns() {
        argo.reconcile("Healthy");
        ConnectorAnswer now = tells(connector.call(call));
        argo.begin(Instant.now().plusSeconds(2));
        now = tells(now, "Running");

        argo.state().put("message", "waiting for completion of hook batch/Job/migrate");
        ObjectNode hook = argo.resource("Job", "migrate").put("hookType", "PreSync");
        argo.resource("Service", "web");
        ObjectNode web = argo.resource("Deployment", "web");
        hook.put("hookPhase", "Running").put("message", "job created");
        now = tells(
                now,
                "Running: waiting for completion of hook batch/Job/migrate",
                "Job shop migrate Running job created");

        hook.put("hookPhase", "Succeeded").put("message", "job completed");
        web.put("status", "Synced").put("hookPhase", "Running").put("message", "deployment.apps/web configured");
        now = tells(
                now,
                "Job shop migrate Succeeded job completed",
                "Deployment shop web Synced Running deployment.apps/web configured");

        argo.status().put("reconciledAt", Instant.now().plusSeconds(2).toString());
        argo.status().withObject("/health").put("status", "Progressing");
        now = tells(now, "Health: Progressing");

        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.status().put("reconciledAt", Instant.now().plusSeconds(3).toString());
        now = tells(now, "Succeeded: one thing happened", "Service shop web");

        argo.status().withObject("/health").put("status", "Healthy");
        assertThat(tells(now, "Health: Healthy").outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(argo.asked)
                .filteredOn(request -> request.method().equals("POST"))
                .hasSize(1);
        assertThat(argo.refused).isEmpty();
    }

    /** Argo CD begins another try without the results of the last. */
    @Test
    void whatIsSeenAgainAfterItHadGoneIsToldAgain() {
        ConnectorAnswer now = begun();
        argo.resource("Service", "web").put("status", "SyncFailed").put("message", "denied");
        now = tells(now, "Running", "Service shop web SyncFailed denied");

        argo.state().put("message", "Retrying operation. Attempt #1").remove("syncResult");
        now = tells(now, "Running: Retrying operation. Attempt #1");
        argo.resource("Service", "web").put("status", "SyncFailed").put("message", "denied");
        now = tells(now, "Service shop web SyncFailed denied");

        argo.end("Failed", ArgoCdDouble.COMMIT);
        assertThat(tells(now, "Failed: one thing happened").outcome()).isEqualTo(Outcome.FAILED);
    }

    /** Killed before the answer was recorded: nobody knows what was told. */
    @Test
    void whatIsFoundByItsKeyIsToldFromItsBeginning() {
        begun();
        tells(connector.ask(call, null));
        assertThat(argo.log).hasToString("Running\n");

        connector.ask(call, null);
        assertThat(argo.log).hasToString("Running\nRunning\n");
    }

    @Test
    void whoOnlyStopsASyncTellsNothing() {
        ConnectorAnswer ordered = begun();
        connector.stop(call, ordered.reference());

        assertThat(argo.log).isEmpty();
    }

    /** What does not fit into a reference would be told again and again. */
    @Test
    void whatCannotBeKeptInMindIsToldInTheEnd() {
        ConnectorCall longest = argo.call("k".repeat(80), CommandKind.RUN, call.parameters(), Instant.now());
        ConnectorAnswer now = connector.call(longest);
        argo.begin(Instant.now());
        for (int i = 0; i < 300; i++) {
            argo.resource("Service", "web-" + i + ".").put("status", "Synced").put("message", "m".repeat(50));
            now = connector.ask(longest, now.reference());
            assertThat(now.outcome()).isEqualTo(Outcome.ACCEPTED);
            assertThat(now.reference()).hasSizeBetween(80, 200);
        }
        assertThat(argo.log.toString()).contains("web-20. ").doesNotContain("web-299. ");

        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.reconcile("Healthy");
        assertThat(connector.ask(longest, now.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(argo.log.toString().lines()).doesNotHaveDuplicates().hasSize(303);
        assertThat(argo.refused).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Running, ACCEPTED",
        "Terminating, ACCEPTED",
        "Succeeded, SUCCEEDED",
        "Failed, FAILED",
        "Error, FAILED",
        "SomethingNew, ACCEPTED"
    })
    void aPhaseIsWhatArgoCdMeansByIt(String phase, Outcome outcome) {
        ConnectorAnswer ordered = begun();
        argo.end(phase, ArgoCdDouble.COMMIT);
        argo.reconcile("Healthy");

        assertThat(asked(ordered).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "Healthy, SUCCEEDED",
        "Degraded, FAILED",
        "Progressing, ACCEPTED",
        "Suspended, ACCEPTED",
        "Missing, ACCEPTED",
        "Unknown, ACCEPTED",
        "SomethingNew, ACCEPTED"
    })
    void afterASuccessItsHealthDecides(String health, Outcome outcome) {
        ConnectorAnswer ordered = begun();
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.reconcile(health);

        assertThat(asked(ordered).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Healthy", "Degraded"})
    void theHealthOfWhatRanBeforeSaysNothing(String health) {
        ConnectorAnswer ordered = begun();
        argo.status().putObject("health").put("status", health);
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        assertThat(asked(ordered).outcome()).isEqualTo(Outcome.ACCEPTED);

        argo.status().remove("reconciledAt");
        assertThat(asked(ordered).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void anotherCommitThanOrderedIsNoSuccess() {
        ConnectorAnswer ordered = begun();
        argo.end("Succeeded", OTHER_COMMIT);
        argo.reconcile("Healthy");

        assertThat(asked(ordered).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aBusyApplicationIsWaitedFor() {
        argo.orderedByAnother();
        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);

        argo.begin(Instant.now());
        argo.application.remove("operation");
        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(argo.orders()).isEmpty();
    }

    /** Older ones say it with a status that would leave everything in doubt. */
    @ParameterizedTest
    @CsvSource({"400, 9", "500, 2"})
    void anOrderThatMeetsAnotherOneIsWaitedForToo(int status, int code) {
        argo.beforeTheOrder = ArgoCdDouble.error(status, code, "another operation is already in progress");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.NOT_REACHED);
    }

    @Test
    void aRollbackIsKnownByWhatItDoes() {
        assertThat(rollback.afterCrash()).isEqualTo(AfterCrash.NEITHER);
        ConnectorAnswer ordered = rollback.call(back);
        assertThat(argo.orders()).containsExactly(ArgoCdDouble.read("{\"prune\":true,\"project\":\"shop\",\"id\":7}"));
        assertThat(rollback.ask(back, ordered.reference())).isEqualTo(ordered);

        argo.begin(Instant.now());
        ConnectorAnswer begun = rollback.ask(back, ordered.reference());
        assertThat(begun.reference()).startsWith(ordered.reference() + "@");

        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.reconcile("Healthy");
        assertThat(rollback.ask(back, begun.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(argo.refused).isEmpty();
    }

    @Test
    void aRollbackIsNotTakenForALaterOneOfTheSameKind() {
        ConnectorAnswer ordered = rollback.call(back);
        argo.begin(Instant.parse("2024-03-01T10:00:00Z"));
        ConnectorAnswer begun = rollback.ask(back, ordered.reference());
        argo.begin(Instant.parse("2024-03-01T11:00:00Z"));
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.reconcile("Healthy");

        assertThat(rollback.ask(back, begun.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aSyncIsNotTakenForARollback() {
        ConnectorAnswer ordered = rollback.call(back);
        argo.application.remove("operation");
        connector.call(call);

        assertThat(rollback.ask(back, ordered.reference()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aRollbackCannotBeLookedFor() {
        assertThat(rollback.ask(back, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void aRollbackToWhatIsNotInTheHistoryIsRefused() {
        assertThat(rollback.call(argo.run(Map.of("id", "8"))).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatIsSyncedAutomaticallyIsNeitherRolledBackNorSyncedToAnotherRevision() {
        argo.automated = true;

        ConnectorAnswer answer = connector.call(call);
        assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(answer.detail()).contains("auto-sync currently set to main");
        assertThat(rollback.call(back).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void whatAnotherOperationHasFollowedIsNotKnown() {
        ConnectorAnswer ordered = begun();
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.orderedByAnother();
        assertThat(asked(ordered).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        argo.begin(Instant.now());
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        argo.reconcile("Healthy");
        assertThat(asked(ordered).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anOrderIsFoundByItsKeyAfterACrash() {
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());

        connector.call(call);
        assertThat(connector.ask(call, null).reference()).isEqualTo("key-1");
        argo.begin(Instant.parse("2024-03-01T10:00:00Z"));
        assertThat(connector.ask(call, null).reference()).startsWith("key-1@2024-03-01T10:00:00Z/");
        argo.end("Failed", ArgoCdDouble.COMMIT);
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(argo.refused).isEmpty();
    }

    @Test
    void aKeyIsOnlyUnknownIfTheLastOperationIsFromBefore() {
        argo.orderedByAnother();
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        argo.begin(Instant.now());
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        argo.end("Succeeded", ArgoCdDouble.COMMIT);
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);

        argo.state().put("startedAt", "2024-03-01T10:00:00Z");
        assertThat(connector.ask(call, null)).isEqualTo(ConnectorAnswer.neverSeen());
        argo.state().put("startedAt", "yesterday");
        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anApplicationThatWasMadeAnewKnowsNothingOfAKey() {
        argo.application
                .withObject("/metadata")
                .put("creationTimestamp", Instant.now().toString());

        assertThat(connector.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anOrderThatMayStillBeOnItsWayIsNotUnknown() {
        ArgoCdConnector atOnce = connector(ArgoCdAction.SYNC, RIGHT, Clock.systemUTC());

        assertThat(atOnce.ask(call, null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void whatArgoCdHasAgainstAnOrderIsTold() {
        argo.beforeTheOrder = ArgoCdDouble.error(404, 5, "no such thing");

        assertThat(connector.call(call).detail()).contains("no such thing");
    }

    @Test
    void anOrderThatTheAnswerDoesNotShowIsInDoubt() {
        argo.beforeTheOrder = Told.of(200, "{\"metadata\":{\"name\":\"payments\"}}");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    void anApplicationThatIsBeingDeletedGetsNoOrder() {
        argo.application.withObject("/metadata").put("deletionTimestamp", "2024-03-01T10:00:00Z");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(connector.check().result()).isEqualTo(Result.FAILED);
        assertThat(argo.orders()).isEmpty();
    }

    /** Argo CD would drop the revision. */
    @Test
    void anApplicationWithSeveralSourcesIsNotSynced() {
        argo.application.withObject("/spec").putArray("sources").addObject().put("repoURL", "https://a.example.com");

        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(rollback.call(back).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "main\n", "a b", "\u00fc"})
    void whatIsNoRevisionIsNotOrdered(String value) {
        assertThat(connector.call(argo.run(Map.of("revision", value))).outcome())
                .isEqualTo(Outcome.REFUSED);
        assertThat(argo.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-7", "7.0", "7\n", "seven", "../7", "9999999999999999999"})
    void whatIsNoNumberIsNotRolledBackTo(String value) {
        assertThat(rollback.call(argo.run(Map.of("id", value))).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(argo.asked).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ArgoCdAction.class)
    void whoMayNotOrderIsTold(ArgoCdAction action) {
        ArgoCdConnector one = connector(action, RIGHT, LATER);
        assertThat(one.check().result()).isEqualTo(Result.OK);

        argo.mayOrder = false;
        assertThat(one.check().result()).isEqualTo(Result.FAILED);
        assertThat(argo.orders()).isEmpty();
        assertThat(argo.refused).isEmpty();
    }

    @Test
    void anApplicationMayBeKeptInANamespaceOfItsOwn() {
        argo.namespace = "shop-apps";
        assertThat(connector.call(call).outcome()).isEqualTo(Outcome.REFUSED);

        ArgoCdConnector there = connector(settings(ArgoCdAction.SYNC, "shop-apps"), RIGHT, LATER);
        assertThat(there.check().result()).isEqualTo(Result.OK);
        ConnectorAnswer ordered = there.call(call);
        assertThat(ordered.link()).isEqualTo(argo.url("/cd/applications/shop-apps/payments"));
        assertThat(there.ask(call, ordered.reference())).isEqualTo(ordered);
    }

    @Test
    void anOlderArgoCdCannotSayWhetherWeMayRollBack() {
        argo.knowsRollback = false;

        assertThat(rollback.check().result()).isEqualTo(Result.UNKNOWN);
    }
}
