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
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
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
                if (answer.status() >= 400 && !isRepeatedWithALimit(answer)) {
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

    /** Cockpit asks once without a limit, which the engine refuses, and then with one. */
    private static boolean isRepeatedWithALimit(Response answer) {
        return answer.status() == 400 && answer.url().contains("/process-definition?key=");
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
