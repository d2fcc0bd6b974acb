package io.gatehouse.permissions;

import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import io.gatehouse.tool.ToolFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.TaskService;
import org.springframework.jdbc.core.JdbcTemplate;

/** The things that a walk over the table is about, in a database that other tests use too. */
class WalkFixture {

    static final String WALKER = "walker";
    static final String TEAM = "alpha";
    static final String TEAMS_SERVICE = "alpha-app";
    static final String ASKED = "asked-team";

    private static final String OTHERS_SERVICE = "beta-app";

    private final JdbcTemplate jdbc;
    private final ChangeProcess process;
    private final TaskService tasks;
    private final TestClock clock;
    private final ToolFixture tools;

    WalkFixture(JdbcTemplate jdbc, ChangeProcess process, TaskService tasks, TestClock clock, ToolFixture tools) {
        this.jdbc = jdbc;
        this.process = process;
        this.tasks = tasks;
        this.clock = clock;
        this.tools = tools;
    }

    /** Raised by the walker, of the walker's team, raised by a tool, somebody else's, one the walker's friends are asked about, none. */
    List<Thing> things(String tool) {
        return List.of(
                thing("raised by the caller", WALKER, OTHERS_SERVICE, "beta", Set.of()),
                thing("of the caller's team", "ben", TEAMS_SERVICE, TEAM, Set.of()),
                thing("raised by the tool", "tool:" + tool, TEAMS_SERVICE, TEAM, Set.of()),
                thing("of another team", "ben", OTHERS_SERVICE, "beta", Set.of()),
                asked(),
                new Thing(
                        "unknown",
                        Map.of(
                                "/api/v1/changes", "CHG-999999",
                                "/api/v1/rollouts", "ROL-999999",
                                "/api/v1/services", "no-such-service",
                                "/api/v1/change-templates", "no-such-template",
                                "/api/v1/tools", "no-such-tool"),
                        "",
                        "",
                        "",
                        Set.of(),
                        false));
    }

    private Thing asked() {
        Thing thing = thing("that a group is asked about", "ben", OTHERS_SERVICE, "beta", Set.of());
        String number = thing.in("/api/v1/changes");
        new SignedIn("ben", "requester").runs(() -> process.submit(new Person("ben", Set.of("requester")), number));
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .singleResult()
                .getId();
        // As a redrawn model would that asks a team.
        jdbc.update(
                "insert into ACT_RU_IDENTITYLINK (ID_, REV_, TYPE_, GROUP_ID_, TASK_ID_) values (?, 1, 'candidate', ?, ?)",
                "walk-" + number,
                ASKED,
                task);
        return new Thing(
                thing.label(),
                thing.ids(),
                thing.requester(),
                thing.service(),
                thing.team(),
                Set.of(ASKED, "technical-approver"),
                true);
    }

    private Thing thing(String label, String requester, String service, String team, Set<String> asked) {
        String change = change(requester, service);
        return new Thing(
                label,
                Map.of(
                        "/api/v1/changes", change,
                        "/api/v1/rollouts", rollout(change),
                        "/api/v1/services", service,
                        "/api/v1/change-templates", template(service),
                        "/api/v1/tools", tools.tool(service)),
                requester,
                service,
                team,
                asked,
                true);
    }

    private String change(String requester, String service) {
        Window window = ChangeFixture.windowIn(clock.instant(), Duration.ofHours(1));
        Person ben = new Person("ben", Set.of("requester"));
        Change raised = new SignedIn("ben", "requester")
                .does(() -> process.raise(ben, ChangeFixture.content(service, "production", window)));
        jdbc.update("update change_request set requester = ? where id = ?", requester, id(raised.number()));
        return raised.number();
    }

    private static long id(String number) {
        return Long.parseLong(number.substring(4));
    }

    private String rollout(String change) {
        jdbc.update(
                """
                insert into rollout (change_number, process, environment, state, steps, opened_at)
                values (?, 'Rollout', 'production', 'RUNNING', 0, ?)""",
                change,
                java.sql.Timestamp.from(clock.instant()));
        Long id = jdbc.queryForObject("select max(id) from rollout", Long.class);
        return "ROL-%06d".formatted(id);
    }

    private String template(String service) {
        String key = "walk-" + service;
        if (jdbc.queryForObject("select count(*) from change_template where template_key = ?", Long.class, key) == 0) {
            jdbc.update(
                    """
                    insert into change_template (template_key, title, active, service_key, environment_key, version,
                      implementation_plan, test_plan, backout_plan, communication_plan)
                    values (?, 'Walk', true, ?, 'production', 1, 'a', 'b', 'c', 'd')""",
                    key,
                    service);
        }
        return key;
    }
}
