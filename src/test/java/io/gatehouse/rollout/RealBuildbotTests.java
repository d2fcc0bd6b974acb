package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.testing.BuildbotServer;
import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.NeedsBuildbot;
import io.gatehouse.testing.OnH2;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A real CI server behind the connector for webhooks: it builds what is ordered and calls back, signed. */
@NeedsBuildbot
@OnH2
@DirtiesContext
@Import(RolloutDriver.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "camunda.bpm.job-execution.enabled=false",
            "gatehouse.rollout.dispatch=false",
            "gatehouse.rollout.retry-pause=0s",
            "gatehouse.rollout.patience=0s",
            "gatehouse.outbound.networks=127.0.0.0/8",
            "gatehouse.connectors.buildbot.webhook.secret=" + BuildbotServer.SECRET,
            "gatehouse.connectors.buildbot.webhook.after-crash=DEDUPLICATES",
            "gatehouse.connectors.buildbot.webhook.parameters.version=[a-z0-9-]+",
            // So that only a callback can end a step in time.
            "gatehouse.connectors.buildbot.webhook.ask-every=1h"
        })
class RealBuildbotTests {

    private static final int PORT = GatehouseProcess.freePort();

    private static BuildbotServer buildbot;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Stops stops;

    @Autowired
    private Dispatcher dispatcher;

    @Autowired
    private Connectors connectors;

    @Autowired
    private JdbcClient jdbc;

    @LocalServerPort
    private int gatehouse;

    @DynamicPropertySource
    static void address(DynamicPropertyRegistry registry) {
        registry.add("gatehouse.outbound.hosts", () -> "127.0.0.1:" + PORT);
        registry.add("gatehouse.connectors.buildbot.webhook.url", () -> url("/"));
        registry.add("gatehouse.connectors.buildbot.webhook.status-url", () -> url("/{key}"));
        registry.add("gatehouse.connectors.buildbot.webhook.stop-url", () -> url("/{key}"));
    }

    @BeforeEach
    void startOnce() {
        if (buildbot == null) {
            buildbot = BuildbotServer.start(PORT, "http://127.0.0.1:" + gatehouse + "/api/v1/callbacks/buildbot");
        }
    }

    @AfterAll
    static void stop() {
        if (buildbot != null) {
            buildbot.close();
        }
    }

    @Test
    void aStepIsDoneOnceItsBuildCallsBack() {
        String version = version();

        String number = driver.run(plan(deploy(version, version())));
        awaitState(number, StepState.DONE);

        assertThat(stepOf(number).detail()).matches("Buildbot ended set \\d+ as success");
        assertThat(rollouts.links(number).get(1)).matches("http://.*#/?builders/\\d+/builds/\\d+");
        assertThat(built(version)).isOne();
    }

    @Test
    void aBuildThatFailsIsUndoneByAnother() {
        String before = version();

        String number = driver.run(plan(deploy("broken", before)));
        awaitState(number, StepState.UNDONE);

        assertThat(buildbot.journal()).containsSubsequence("broken", before);
        assertThat(rollouts.find(number).state()).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void aBuildIsStoppedAndItsStepHasFailed() {
        String before = version();
        String number = driver.start(plan(deploy("endless", before)));
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            driver.settle(number);
            return built("endless") == 1;
        });

        ROLF.runs(() -> stops.request(number, 1, "It takes too long"));
        awaitState(number, StepState.UNDONE);

        assertThat(stops.list(number).get(1).state()).isEqualTo(StopState.TAKEN);
        assertThat(buildbot.journal()).containsSubsequence("endless", before);
        assertThat(rollouts.find(number).state()).isEqualTo(RolloutState.ROLLED_BACK);
    }

    @Test
    void anOrderWhoseAnswerWasLostIsSentAgainAndBuiltOnce() {
        String version = version();
        String number = driver.start(plan(deploy(version, version())));
        Command lost = dispatcher.lease(100).stream()
                .map(Lease::command)
                .filter(command -> RolloutNumber.of(command.rollout()).equals(number))
                .findFirst()
                .orElseThrow();
        assertThat(tool().call(call(lost.key(), version)).outcome()).isEqualTo(Outcome.ACCEPTED);
        jdbc.sql("update rollout_command set due_at = timestampadd(second, -1, localtimestamp(6)) where id = :id")
                .param("id", lost.id())
                .update();

        driver.settle(number);
        awaitState(number, StepState.DONE);

        assertThat(built(version)).isOne();
    }

    @Test
    void ordersWithOneKeyAtTheSameMomentAreOneBuildThatCanBeAskedFor() {
        String version = version();
        ConnectorCall call = call("ROL-000001-1-RUN-1-" + UUID.randomUUID(), version);
        assertThat(tool().ask(call, null).outcome()).isEqualTo(Outcome.NEVER_SEEN);

        List<CompletableFuture<Outcome>> answers = Stream.generate(() ->
                        CompletableFuture.supplyAsync(() -> tool().call(call).outcome()))
                .limit(4)
                .toList();

        assertThat(answers)
                .extracting(CompletableFuture::join)
                .allMatch(outcome -> outcome == Outcome.ACCEPTED || outcome == Outcome.SUCCEEDED);
        await().atMost(Duration.ofMinutes(3)).until(() -> tool().ask(call, null).outcome() == Outcome.SUCCEEDED);
        assertThat(built(version)).isOne();
    }

    @Test
    void whoHasNotTheSecretOrdersNothing() throws Exception {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url("/")))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private static PlannedStep deploy(String version, String before) {
        return new PlannedStep(
                Stage.DEPLOY_APPLICATION,
                "Web",
                "buildbot",
                "web",
                Map.of("version", version),
                new Undo("buildbot", Map.of("version", before)),
                null,
                false,
                null,
                null);
    }

    private static ConnectorCall call(String key, String version) {
        return new ConnectorCall(
                key,
                "ROL-000001",
                1,
                CommandKind.RUN,
                1,
                Instant.now(),
                "web",
                Map.of("version", version),
                () -> true,
                output -> {});
    }

    private Connector tool() {
        return connectors.find("buildbot").orElseThrow();
    }

    private void awaitState(String number, StepState state) {
        await().atMost(Duration.ofMinutes(3)).until(() -> {
            driver.settle(number);
            return stepOf(number).state() == state;
        });
    }

    private Step stepOf(String number) {
        return rollouts.steps(number).get(0);
    }

    private static long built(String version) {
        return buildbot.journal().stream().filter(version::equals).count();
    }

    private static String version() {
        return UUID.randomUUID().toString();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + PORT + path;
    }
}
