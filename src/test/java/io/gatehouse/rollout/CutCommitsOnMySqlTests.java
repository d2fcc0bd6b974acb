package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.crash.Checker;
import io.gatehouse.crash.HistoryReader;
import io.gatehouse.rollout.CommitCutter.Cut;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;
import io.gatehouse.testing.SharedMappings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/**
 * The connection to the database breaks at each commit of a rollout in turn, once before the database has heard of it and
 * once after it has done it: to the node both look the same.
 */
@NeedsMySql
@RolloutTest
@ContextConfiguration(initializers = CutCommitsOnMySqlTests.ThroughACable.class, inheritInitializers = false)
class CutCommitsOnMySqlTests {

    private static final int MOST_COMMITS = 60;

    static CommitCutter cable;

    /** Points the context at a fresh database, by a cable that can be cut. */
    static class ThroughACable implements ApplicationContextInitializer<ConfigurableApplicationContext> {

        @Override
        public void initialize(ConfigurableApplicationContext context) {
            SharedMappings.in(context, "MySql");
            MySqlDatabase database = MySqlServer.shared().freshDatabase();
            URI server = URI.create(database.url().substring("jdbc:".length()));
            cable = CommitCutter.to(server.getHost(), server.getPort() < 0 ? 3306 : server.getPort());
            String url = "jdbc:mysql://127.0.0.1:" + cable.port() + server.getRawPath() + "?"
                    + server.getRawQuery().replaceAll("sslMode=[A-Z_]+&?", "")
                    + "&sslMode=DISABLED&allowPublicKeyRetrieval=true";
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test database",
                            Map.of(
                                    "spring.datasource.url",
                                    url,
                                    "spring.datasource.username",
                                    database.username(),
                                    "spring.datasource.password",
                                    database.password(),
                                    "spring.datasource.hikari.transaction-isolation",
                                    "TRANSACTION_READ_COMMITTED")));
        }
    }

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private JournaledTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Resolutions resolutions;

    @Autowired
    private Rollbacks rollbacks;

    @Autowired
    private ScriptedTools scripted;

    @Autowired
    private CallbackInbox inbox;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvcTester mvc;

    @AfterEach
    void mendTheCable() {
        cable.hasCut();
    }

    static Stream<Arguments> cuts() {
        return Arrays.stream(Cut.values()).flatMap(cut -> Stream.of(AfterCrash.QUERYABLE, AfterCrash.NEITHER)
                .map(tool -> Arguments.of(cut, tool)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void neitherLoseACommandNorRepeatOne(Cut cut, AfterCrash tool) {
        int commits = 0;
        boolean wasCut = true;
        while (wasCut && commits < MOST_COMMITS) {
            HistoryReader reader = HistoryReader.ofRollouts(jdbc);
            String number = driver.start(plan(
                    step(Stage.DEPLOY_APPLICATION, "First", JournaledTools.name(tool)),
                    step(Stage.DEPLOY_APPLICATION, "Second", JournaledTools.name(tool))));
            cable.cutAt(cut, ++commits);

            finish(number);

            wasCut = cable.hasCut();
            assertThat(rollouts.steps(number))
                    .as("cut %s commit %d", cut, commits)
                    .extracting(Step::state)
                    .containsExactly(StepState.UNDONE, StepState.UNDONE);
            assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
            assertThat(Checker.breaches(reader.read(tools.journal(), JournaledTools.afterCrash(), Set.of(), Map.of())))
                    .as("cut %s commit %d", cut, commits)
                    .isEmpty();
        }
        assertThat(commits).as("commits of a rollout").isBetween(6, MOST_COMMITS - 1);
    }

    /** Whoever is told that a callback did not get through delivers it again, as a tool does. */
    @ParameterizedTest
    @EnumSource
    void loseNoCallbackAndApplyItOnce(Cut cut) {
        int commits = 0;
        boolean wasCut = true;
        while (wasCut && commits < MOST_COMMITS) {
            String number = driver.start(deploySteps(1));
            scripted.answer(number, 1, CommandKind.RUN, ConnectorAnswer.accepted(null));
            driver.dispatchOnce();
            cable.cutAt(cut, ++commits);

            report(scripted.callsOf(number).get(0).key());

            wasCut = cable.hasCut();
            assertThat(rollouts.steps(number))
                    .as("cut %s commit %d", cut, commits)
                    .extracting(Step::state)
                    .containsExactly(StepState.DONE);
            assertThat(jdbc.sql(
                                    """
                            select action from audit_entry
                            where object = ? and action in ('rollout.CommandEnded', 'rollout.StepMoved') order by n""")
                            .param(number)
                            .query(String.class)
                            .list())
                    .as("cut %s commit %d", cut, commits)
                    .containsExactlyInAnyOrder("rollout.CommandEnded", "rollout.StepMoved");
        }
        assertThat(commits).as("commits of a callback, and none").isBetween(3, MOST_COMMITS - 1);
    }

    private void report(String key) {
        String id = "msg_" + UUID.randomUUID();
        for (int status = 0, tries = 0; status != 202 && tries < 8; tries++) {
            status = deliver(id, "{\"key\": \"%s\", \"state\": \"SUCCEEDED\"}".formatted(key));
        }
        for (int tries = 0; tries < 8; tries++) {
            try {
                jdbc.sql("update callback_inbox set due_at = localtimestamp(6) where state = 'RECEIVED'")
                        .update();
                inbox.applyDue();
            } catch (RuntimeException broken) {
                // What is left is found in the next round.
            }
        }
    }

    private int deliver(String id, String body) {
        Instant now = Instant.now();
        return mvc.post()
                .uri("/api/v1/callbacks/tool")
                .header("webhook-id", id)
                .header("webhook-timestamp", now.getEpochSecond())
                .header("webhook-signature", ScriptedTools.SECRET.sign(id, now, body.getBytes(StandardCharsets.UTF_8)))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange()
                .getResponse()
                .getStatus();
    }

    @ParameterizedTest
    @EnumSource
    void answerARetryAsTheFirstRequestWouldHaveBeen(Cut cut) throws Exception {
        int commits = 0;
        boolean wasCut = true;
        while (wasCut && commits < MOST_COMMITS) {
            String number = driver.start(deploySteps(1));
            String key = UUID.randomUUID().toString();
            cable.cutAt(cut, ++commits);

            MvcTestResult first = pause(number, key);

            wasCut = cable.hasCut();
            if (!wasCut) {
                assertThat(first).hasStatusOk();
            } else {
                assertThat(first).hasStatus(503).headers().containsHeader("Retry-After");
                assertThat(first).bodyText().contains("may have been done").contains("same Idempotency-Key");
            }
            MvcTestResult second = pause(number, key);
            assertThat(second).hasStatusOk();
            assertThat(second).bodyJson().extractingPath("$.paused.reason").isEqualTo("Wait");
            assertThat(pause(number, key).getResponse().getContentAsString())
                    .isEqualTo(second.getResponse().getContentAsString());
            assertThat(jdbc.sql("select count(*) from audit_entry where object = ? and action = 'rollout.Paused'")
                            .param(number)
                            .query(Integer.class)
                            .single())
                    .isOne();
        }
        assertThat(commits).as("commits of a request, and none").isBetween(2, MOST_COMMITS - 1);
    }

    /** Goes forward and back as nodes and people do who get an error: they look again what is to be done. */
    private void finish(String number) {
        boolean over = false;
        for (int tries = 0; tries < 8 && !over; tries++) {
            try {
                jdbc.sql("update rollout_command set due_at = localtimestamp(6)"
                                + " where rollout_id = :id and state = 'SENDING'")
                        .param("id", RolloutNumber.idOf(number))
                        .update();
                driver.settle(number);
                lookAtWhatIsUnclear(number);
                if (rollouts.steps(number).stream()
                        .map(Step::state)
                        .toList()
                        .equals(List.of(StepState.DONE, StepState.DONE))) {
                    ROLF.runs(() -> rollbacks.request(number, "Customers complain"));
                }
                over = driver.stateOf(number) == RolloutState.ROLLED_BACK;
            } catch (RuntimeException broken) {
                // What is left undone is found in the next round.
            }
        }
    }

    private void lookAtWhatIsUnclear(String number) {
        for (Step step : rollouts.steps(number)) {
            CommandKind kind = step.state() == StepState.UNKNOWN ? CommandKind.RUN : CommandKind.UNDO;
            if (step.state() == StepState.UNKNOWN || step.state() == StepState.UNDO_FAILED) {
                ResolutionAction action = tools.executed(number, step.seq(), kind)
                        ? ResolutionAction.DONE_BY_HAND
                        : ResolutionAction.RETRY;
                ROLF.runs(() -> resolutions.resolve(number, step.seq(), action, "Looked at the target"));
            }
        }
    }

    private MvcTestResult pause(String number, String key) {
        return mvc.post()
                .uri("/api/v1/rollouts/" + number + "/pause")
                .with(ROLF.signsIn())
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"reason\": \"Wait\"}")
                .exchange();
    }
}
