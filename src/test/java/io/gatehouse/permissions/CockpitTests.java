package io.gatehouse.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import io.gatehouse.access.Person;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.repository.DecisionDefinition;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Cockpit in a real browser: for whom the table says, to look and not to touch. */
@EngineTest
@NeedsChromium
class CockpitTests {

    private static final String COCKPIT = "/camunda/app/cockpit/default/";

    @LocalServerPort
    private int port;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private JdbcTemplate jdbc;

    private ProcessInstance instance;

    @BeforeEach
    void aChangeUnderReviewWithAnIncident() {
        String number = SignedIn.RITA.does(() -> {
            Person rita = new Person("rita", Set.of("requester"));
            return process.submit(
                            rita,
                            process.raise(rita, ChangeFixture.content(Instant.now()))
                                    .number())
                    .number();
        });
        instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
        String waiting = tasks.createTaskQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getExecutionId();
        InsideTheEngine.run(
                engine, () -> runtime.createIncident("failedJob", waiting, "configuration", "The tool did not answer"));
    }

    @Test
    void showsProcessesInstancesVariablesAndIncidents(ChromiumBrowser browser) {
        List<String> failures = new ArrayList<>();
        try (BrowserContext person = browser.newPerson()) {
            Page page = signIn(person, "oskar");
            page.onResponse(answer -> {
                if (answer.status() >= 400) {
                    failures.add(answer.status() + " " + answer.request().method() + " " + answer.url());
                }
            });

            open(page, "dashboard", "text=Running Process Instances");
            open(page, "processes", "text=Normal change");
            open(
                    page,
                    "process-definition/" + instance.getProcessDefinitionId(),
                    ".djs-container svg .djs-element",
                    "text=" + instance.getBusinessKey());
            tabs(page, "Incidents", "Called Process Definitions", "Job Definitions");
            open(
                    page,
                    "process-instance/" + instance.getId(),
                    ".djs-container svg .djs-element",
                    "text=" + instance.getBusinessKey(),
                    "text=changeNumber");
            assertThat(page.locator(".ctn-toolbar").first().isVisible()).isFalse();
            tabs(page, "Called Process Instances", "User Tasks", "Jobs", "External Tasks", "Incidents");
            page.waitForSelector("text=The tool did not answer");
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void showsDecisionTablesDeploymentsAndBatches(ChromiumBrowser browser) {
        DecisionDefinition table = repository
                .createDecisionDefinitionQuery()
                .decisionDefinitionKey("AssessChangeRisk")
                .latestVersion()
                .singleResult();
        List<String> failures = new ArrayList<>();
        try (BrowserContext person = browser.newPerson()) {
            Page page = signIn(person, "oskar");
            page.onResponse(answer -> {
                if (answer.status() >= 400 && !namesOfNobody(answer)) {
                    failures.add(answer.status() + " " + answer.request().method() + " " + answer.url());
                }
            });

            open(page, "decisions", "a:text('Assess change risk')");
            open(
                    page,
                    "decision-definition/" + table.getId(),
                    ".dmn-decision-table-container",
                    ".definition-version:has-text('" + table.getVersion() + "')");
            assertThat(page.locator("text=Decision Instances").first().isVisible())
                    .isFalse();
            String only = "[{\"type\":\"id\",\"operator\":\"eq\",\"value\":\"" + table.getDeploymentId() + "\"}]";
            open(
                    page,
                    "repository?deployment=" + table.getDeploymentId() + "&deploymentsQuery=" + encoded(only),
                    "text=NormalChange.bpmn");
            assertThat(page.locator(".delete-deployment").first().isVisible()).isFalse();
            page.setViewportSize(1280, 800);
            page.locator("text=NormalChange.bpmn").first().click();
            page.waitForSelector(".djs-container svg .djs-element");
            page.screenshot(
                    new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/cockpit-deployed-model.png")));
            open(page, "batch", "text=No running batches", "text=No finished batches");
            assertThat(page.locator("[cam-widget-header] a[href='#/tasks']")
                            .first()
                            .isVisible())
                    .isFalse();
            assertThat(page.locator("[notifications-panel] .alert").count()).isZero();
        }
        assertThat(failures).isEmpty();
    }

    /**
     * Whoever began the batches that run, of which there are none, so it asks for nobody. Whoever may call that may ask
     * for anybody, so Cockpit may not.
     */
    private static boolean namesOfNobody(Response answer) {
        return answer.status() == 403 && answer.url().endsWith("/user?idIn=&maxResults=0");
    }

    private static void tabs(Page page, String... labels) {
        page.setViewportSize(1280, 800);
        for (String label : labels) {
            page.locator(".ctn-tabbed a", new Page.LocatorOptions().setHasText(label))
                    .first()
                    .click();
            page.waitForLoadState(LoadState.NETWORKIDLE);
        }
    }

    private Page signIn(BrowserContext person, String name) {
        Page page = person.newPage();
        page.setDefaultTimeout(20_000);
        page.navigate(address(COCKPIT));
        page.fill("#name", name);
        page.fill("#password", name + "-sample");
        page.click("button[type=submit]");
        page.waitForSelector("text=Camunda Cockpit");
        return page;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private void open(Page page, String where, String... selectors) {
        page.setViewportSize(1280, 800);
        page.navigate(address(COCKPIT + "#/" + where));
        for (String selector : selectors) {
            page.waitForSelector(selector);
        }
        page.waitForLoadState(LoadState.NETWORKIDLE);
        String file = "target/screenshots/cockpit-" + where.replaceAll("[/?:].*", "");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file + ".png")));
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file + "-phone.png")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rita", "theo", "carla", "petra", "quinn", "sasha"})
    void isClosedToEverybodyElse(String person) {
        TasklistSession session = TasklistSession.of(person, port);

        assertThat(session.call("GET", COCKPIT, "").statusCode()).isEqualTo(403);
        assertThat(session.call("POST", "/camunda/api/cockpit/plugin/base/default/process-instance", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void asksTheServerNothingButWhatItsPagesNeed() {
        TasklistSession oskar = TasklistSession.of("oskar", port);
        String plugin = "/camunda/api/cockpit/plugin/base/default/process-instance?firstResult=0&maxResults=50";

        assertThat(oskar.call("POST", plugin, "{}").statusCode()).isEqualTo(200);
        assertThat(oskar.call("POST", plugin, "{\"authCheck\":{\"authorizationCheckEnabled\":false}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(oskar.call("POST", plugin, "{\"orderingProperties\":[]}").statusCode())
                .isEqualTo(400);
        assertThat(oskar.call("POST", plugin.replace("50", "1000000"), "{}").statusCode())
                .isEqualTo(400);
        assertThat(oskar.engine("POST", "variable-instance?deserializeValues=true", "{}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(oskar.engine("GET", "history/decision-instance?maxResults=1&includeOutputs=true", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(oskar.engine("POST", "history/task/count", "{}").statusCode())
                .isEqualTo(403);
        assertThat(oskar.engine("GET", "user?idIn=&maxResults=0", "").statusCode())
                .isEqualTo(403);
        assertThat(oskar.engine("GET", "decision-definition?key=AssessChangeRisk", "")
                        .body())
                .contains("\"version\":1");
        assertThat(oskar.engine("GET", "deployment?maxResults=1000000", "").statusCode())
                .isEqualTo(400);
    }

    /** What Cockpit shows of variables is no more than the API shows everybody with a role. */
    @Test
    void variablesOfProcessesHoldNothingToHide() {
        List<Map<String, Object>> variables = jdbc.queryForList("select NAME_, TYPE_, TEXT_ from ACT_RU_VARIABLE");

        assertThat(variables).isNotEmpty().allSatisfy(variable -> {
            assertThat(variable.get("TYPE_")).isIn("string", "boolean", "integer", "long", "null");
            assertThat(String.valueOf(variable.get("TEXT_"))).hasSizeLessThan(100);
        });
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
