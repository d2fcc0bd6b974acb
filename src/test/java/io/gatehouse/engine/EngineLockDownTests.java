package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.testing.TasklistSession;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.camunda.bpm.dmn.engine.impl.DmnEvaluationException;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.cfg.StandaloneInMemProcessEngineConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * The known holes of the stock engine, each tried with a payload that would leave a file behind. That the payloads do
 * work is shown on a stock engine.
 */
@EngineTest
class EngineLockDownTests {

    private static final Duration LONG_ENOUGH_FOR_A_COMMAND = Duration.ofMillis(500);

    /** One for all payloads: it takes seconds to start. */
    private static ProcessEngine stock;

    @TempDir
    private Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FilterService filters;

    @Autowired
    private IdentityService identities;

    @BeforeAll
    static void startTheStockEngine() {
        stock = new StandaloneInMemProcessEngineConfiguration()
                .setProcessEngineName("stock-" + UUID.randomUUID())
                .setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID())
                .setEnforceHistoryTimeToLive(false)
                .buildProcessEngine();
    }

    @AfterAll
    static void closeTheStockEngine() {
        stock.close();
    }

    @AfterEach
    void leaveNoFilter() {
        filters.createFilterQuery()
                .filterName("payload")
                .list()
                .forEach(filter -> filters.deleteFilter(filter.getId()));
    }

    @ParameterizedTest
    @EnumSource(CodePayload.class)
    void runsNoCodeFromAModel(CodePayload payload) {
        Path marker = marker();

        assertThatThrownBy(() -> payload.runOn(engine, touching(marker)))
                .isInstanceOfAny(ProcessEngineException.class, DmnEvaluationException.class);

        assertStaysAway(marker);
    }

    @ParameterizedTest
    @EnumSource(CodePayload.class)
    void wouldRunThatCodeWithoutTheLockDown(CodePayload payload) {
        Path marker = marker();

        ignoringWhatTheResultIsGoodFor(() -> payload.runOn(stock, touching(marker)));

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(marker));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${execution.processEngineServices}",
                "${sampleApprovals.getClass()}",
                "${sampleApprovals['class']}",
                "${sampleApprovals.seats().getClass()}",
                "${dataSource}",
                "${environment}",
                "${''.getClass()}",
                "${applicationContext}",
                "${task}"
            })
    void resolvesNothingBesidesAllowedBeansAndVariables(String expression) {
        assertThatThrownBy(() -> CodePayload.SERVICE_TASK_EXPRESSION.runOn(engine, expression))
                .isInstanceOf(ProcessEngineException.class);
    }

    @Test
    void callsAnAllowedBean() {
        CodePayload.SERVICE_TASK_EXPRESSION.runOn(engine, "${sampleApprovals.seats()}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engine", "engine/default/task", "process-definition", "version"})
    void hasNoRawInterface(String path) {
        int status = TasklistSession.of("adam", port)
                .call("GET", "/engine-rest/" + path, "")
                .statusCode();

        assertThat(status).isIn(401, 403, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"task", "task/count"})
    void refusesExpressionsInQueriesAtAnyDepth(String path) {
        Path marker = marker();
        TasklistSession theo = TasklistSession.of("theo", port);

        HttpResponse<String> top = theo.engine("POST", path, "{\"dueAfterExpression\":\"" + touching(marker) + "\"}");
        HttpResponse<String> hidden =
                theo.engine("POST", path, "{\"orQueries\":[{\"dueAfterExpression\":\"" + touching(marker) + "\"}]}");

        assertThat(top.statusCode()).isEqualTo(400);
        assertThat(hidden.statusCode()).isEqualTo(400);
        assertStaysAway(marker);
    }

    @Test
    void refusesExpressionsThatExtendAStoredFilter() {
        Path marker = marker();
        String filter = filters.createFilterQuery()
                .filterName("Waiting for me")
                .singleResult()
                .getId();

        HttpResponse<String> answer = TasklistSession.of("theo", port)
                .engine(
                        "POST",
                        "filter/" + filter + "/list",
                        "{\"orQueries\":[{\"assigneeExpression\":\"" + touching(marker) + "\"}]}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertStaysAway(marker);
    }

    @Test
    void runsNoExpressionThatSomehowGotIntoAStoredFilter() {
        Path marker = marker();

        assertThatThrownBy(() -> {
                    Filter filter = filters.newTaskFilter("payload")
                            .setQuery(tasks.createTaskQuery()
                                    .or()
                                    .taskAssigneeExpression(touching(marker))
                                    .taskName("x")
                                    .endOr());
                    filters.list(filters.saveFilter(filter).getId());
                })
                .isInstanceOf(ProcessEngineException.class);

        assertStaysAway(marker);
    }

    @Test
    void runsNoExpressionInAQueryOfTheEngine() {
        Path marker = marker();

        assertThatThrownBy(() -> tasks.createTaskQuery()
                        .or()
                        .dueAfterExpression(touching(marker))
                        .taskName("x")
                        .endOr()
                        .list())
                .isInstanceOf(ProcessEngineException.class);

        assertStaysAway(marker);
    }

    @Test
    void letsNobodyMakeAnAdministrator() {
        long before = identities.createUserQuery().count();

        HttpResponse<String> answer = TasklistSession.anonymous(port)
                .call(
                        "POST",
                        "/camunda/api/admin/setup/default/user/create",
                        """
                        {"profile":{"id":"evil","firstName":"E","lastName":"V","email":"e@example.invalid"},
                         "credentials":{"password":"evil"}}""");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(identities.createUserQuery().count()).isEqualTo(before);
        assertThat(identities.createUserQuery().memberOfGroup("camunda-admin").list())
                .singleElement()
                .returns("nobody", user -> user.getId());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/camunda/api/cockpit/plugin/base/default/process-instance",
                "/camunda/api/cockpit/plugin/history/default/incident",
                "/camunda/api/admin/auth/user/default/login/cockpit",
                "/camunda/app/other/default/",
                "/camunda/api/engine/engine/default/deployment/create",
                "/camunda/api/engine/engine/default/user/rita",
                "/camunda/api/engine/engine/default/group/admin/members",
                "/camunda/api/engine/engine/default/process-instance",
                "/camunda/api/engine/engine/default/history/task",
                "/camunda/api/engine/engine/default/task/../deployment",
                "/camunda/api/engine/engine/default/task/%2e%2e/deployment",
                "/camunda/api/engine/engine/default//task",
                "/camunda/api/engine/engine/default/task;x=1",
                "/camunda/api/engine/engine/other/task"
            })
    void offersNothingElse(String path) {
        assertThat(TasklistSession.of("adam", port).call("GET", path, "").statusCode())
                .isIn(400, 403, 404);
    }

    private Path marker() {
        return folder.resolve("marker-" + UUID.randomUUID());
    }

    private static String touching(Path marker) {
        return "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('touch " + marker
                + "')}";
    }

    private static void assertStaysAway(Path marker) {
        Awaitility.await()
                .during(LONG_ENOUGH_FOR_A_COMMAND)
                .atMost(LONG_ENOUGH_FOR_A_COMMAND.multipliedBy(4))
                .until(() -> Files.notExists(marker));
    }

    private static void ignoringWhatTheResultIsGoodFor(Runnable run) {
        try {
            run.run();
        } catch (RuntimeException aProcessIsNoUserNorDate) {
            assertThat(aProcessIsNoUserNorDate).isNotInstanceOf(org.camunda.bpm.engine.ParseException.class);
        }
    }
}
