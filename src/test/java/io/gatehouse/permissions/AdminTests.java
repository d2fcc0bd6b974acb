package io.gatehouse.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.LoadState;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.ChromiumBrowser;
import io.gatehouse.testing.NeedsChromium;
import io.gatehouse.testing.TasklistSession;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** Admin in a real browser: for administrators and auditors, to look and not to touch. */
@EngineTest
@NeedsChromium
class AdminTests {

    private static final String ADMIN = "/camunda/app/admin/default/";

    @LocalServerPort
    private int port;

    @Autowired
    private JdbcTemplate jdbc;

    @ParameterizedTest
    @ValueSource(strings = {"adam", "alma"})
    void showsPeopleGroupsAuthorizationsAndTheSystem(String name, ChromiumBrowser browser) {
        List<String> failures = new ArrayList<>();
        Set<String> asked = new TreeSet<>();
        try (BrowserContext person = browser.newPerson()) {
            Page page = signIn(person, name);
            page.onRequest(call ->
                    asked.add(call.method() + " " + URI.create(call.url()).getPath()));
            page.onResponse(answer -> {
                if (answer.status() >= 400 && !saysThatNothingIsAdded(answer)) {
                    failures.add(answer.status() + " " + answer.request().method() + " " + answer.url());
                }
            });

            open(page, "", "text=Users");
            open(page, "users", "text=Rita");
            open(page, "users/rita?tab=profile", "text=Rita");
            open(page, "users/rita?tab=groups", "text=\"requester\"");
            open(page, "groups", "text=release-manager");
            open(page, "groups/release-manager?tab=group", "text=release-manager");
            open(page, "groups/release-manager?tab=users", "text=Rolf");
            open(page, "tenants", "text=Tenants");
            open(page, "authorization?resource=0", "text=Application Authorizations");
            page.getByText("Process Definition", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            page.waitForSelector("text=Process Definition Authorizations");
            page.waitForSelector("text=READ_INSTANCE");
            for (String change : List.of("Create new authorization", "Edit", "Delete")) {
                assertThat(page.getByText(change, new Page.GetByTextOptions().setExact(true))
                                .first()
                                .isVisible())
                        .as(change)
                        .isFalse();
            }
            open(page, "system?section=diagnostics-system-settings", "text=Diagnostics");
            page.setViewportSize(1280, 800);
            page.getByText("Execution Metrics").first().click();
            page.waitForLoadState(LoadState.NETWORKIDLE);
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots/admin-metrics.png")));
        }
        assertThat(failures).isEmpty();
        assertThat(TableRow.of("webapps.csv"))
                .filteredOn(row -> row.cells().get("why").contains("Admin to look"))
                .as("rows that its pages need")
                .isNotEmpty()
                .allMatch(row -> asked.stream().anyMatch(call -> call.matches(expression(row))));
    }

    /** Its first page asks whether it may offer to add people, groups and tenants; sometimes it is still at it here. */
    private static boolean saysThatNothingIsAdded(Response answer) {
        return answer.status() == 403 && answer.request().method().equals("OPTIONS");
    }

    private static String expression(TableRow row) {
        return row.name().replaceAll("\\{[a-z]+}", "[^/]+");
    }

    private Page signIn(BrowserContext person, String name) {
        Page page = person.newPage();
        page.setDefaultTimeout(20_000);
        page.navigate(address(ADMIN));
        page.fill("#name", name);
        page.fill("#password", name + "-sample");
        page.click("button[type=submit]");
        page.waitForSelector("text=Camunda Admin");
        return page;
    }

    private void open(Page page, String where, String... selectors) {
        page.setViewportSize(1280, 800);
        page.navigate(address(ADMIN + "#/" + where));
        for (String selector : selectors) {
            page.waitForSelector(selector);
        }
        page.waitForLoadState(LoadState.NETWORKIDLE);
        String file = "target/screenshots/admin-" + where.replaceAll("[^a-z0-9]+", "-");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file + ".png")));
        page.setViewportSize(390, 844);
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(file + "-phone.png")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rita", "theo", "carla", "mona", "rolf", "petra", "oskar", "quinn", "sasha"})
    void isClosedToEverybodyElse(String person) {
        TasklistSession session = TasklistSession.of(person, port);

        assertThat(session.call("GET", ADMIN, "").statusCode()).isEqualTo(403);
        assertThat(session.engine("GET", "user?maxResults=10", "").statusCode()).isEqualTo(403);
        assertThat(session.engine("GET", "authorization?maxResults=10", "").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | user/create | {\"profile\":{\"id\":\"eve\"},\"credentials\":{\"password\":\"eve-sample\"}}",
                "PUT | user/rita/profile | {\"id\":\"rita\",\"firstName\":\"Eve\"}",
                "PUT | user/rita/credentials | {\"password\":\"another\",\"authenticatedUserPassword\":\"adam-sample\"}",
                "POST | user/rita/unlock | {}",
                "DELETE | user/rita | {}",
                "POST | group/create | {\"id\":\"eves\"}",
                "PUT | group/admin/members/rita | {}",
                "DELETE | group/admin/members/adam | {}",
                "DELETE | group/admin | {}",
                "POST | tenant/create | {\"id\":\"eve\"}",
                "POST | authorization/create | {\"type\":1,\"permissions\":[\"ALL\"],\"userId\":\"adam\",\"resourceType\":0,"
                        + "\"resourceId\":\"*\"}",
                "POST | telemetry/configuration | {\"enableTelemetry\":true}",
                "DELETE | metrics/task-worker | {}",
            })
    void changesNothing(String method, String path, String body) {
        List<Map<String, Object>> before = everybody();

        assertThat(TasklistSession.of("adam", port).engine(method, path, body).statusCode())
                .isEqualTo(403);

        assertThat(everybody()).isEqualTo(before);
    }

    private List<Map<String, Object>> everybody() {
        return jdbc.queryForList(
                """
                select 'person' as kind, ID_ as a, FIRST_ as b, PWD_ as c from ACT_ID_USER
                union all select 'member', USER_ID_, GROUP_ID_, null from ACT_ID_MEMBERSHIP
                union all select 'group', ID_, NAME_, null from ACT_ID_GROUP
                union all select 'tenant', ID_, NAME_, null from ACT_ID_TENANT
                union all select 'right', ID_, GROUP_ID_, RESOURCE_ID_ from ACT_RU_AUTHORIZATION
                order by 1, 2, 3""");
    }

    @Test
    void asksForValuesAndForListsThatEnd() {
        TasklistSession alma = TasklistSession.of("alma", port);

        assertThat(alma.engine("POST", "group?maxResults=50", "{\"member\":\"rita\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(alma.engine("POST", "group?maxResults=50", "{\"memberExpression\":\"x\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(alma.engine("GET", "user?maxResults=1000000", "").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theSetUpOfAdminStaysClosed() {
        assertThat(TasklistSession.of("adam", port)
                        .call("POST", "/camunda/api/admin/setup/default/user/create", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    private String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }
}
