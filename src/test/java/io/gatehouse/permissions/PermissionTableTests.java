package io.gatehouse.permissions;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.anonymous;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import io.gatehouse.access.ToolAction;
import io.gatehouse.api.Precondition;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolDescription;
import io.gatehouse.tool.ToolFixture;
import io.gatehouse.tool.Tools;
import jakarta.servlet.AsyncContext;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;

/**
 * Every operation of the table, tried by every kind of caller on what is theirs, another team's and unknown, once with a
 * body that is nonsense (who may not must not even learn that) and once as it should be. What the table refuses is sent
 * for good, and must leave no trace; what it allows is undone afterwards.
 */
@ProcessTest
@OnH2
class PermissionTableTests {

    private static final List<TableRow> ROWS = TableRow.of("api.csv");

    /** By name, the tasks too. */
    private static final Map<String, TableRow> TABLE = Stream.of("api.csv", "tasks.csv")
            .flatMap(file -> TableRow.of(file).stream())
            .collect(toMap(TableRow::name, identity()));

    /**
     * Where more is asked of what is in the body, of the task that waits, or whether the database still knows the caller as
     * what they signed in as, so a well-formed request proves nothing.
     */
    private static final Set<String> ASKING_FURTHER = Set.of(
            "POST /api/v1/changes",
            "PUT /api/v1/changes/{number}",
            "POST /api/v1/changes/{number}/technical-reviews",
            "POST /api/v1/changes/{number}/approvals",
            "POST /api/v1/changes/{number}/implementation-reports",
            "POST /api/v1/changes/{number}/reviews",
            "PUT /api/v1/change-templates/{key}",
            "PUT /api/v1/tools/{name}",
            "POST /api/v1/release-delegations",
            "POST /api/v1/release-delegations/{id}/withdrawal",
            "POST /api/v1/people",
            "PUT /api/v1/people/{id}",
            "POST /api/v1/people/{id}/disablement",
            "POST /api/v1/people/{id}/enablement",
            "POST /api/v1/people/{id}/erasure",
            "POST /api/v1/people/{id}/sign-out",
            "POST /api/v1/people/{id}/password-links");

    private final Operations operations = new Operations();

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private IdentityService identities;

    @Autowired
    private TaskService tasks;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private TestClock clock;

    @Autowired
    private TransactionTemplate transactions;

    private MockMvcTester mvc;
    private List<Thing> things = List.of();
    private List<Caller> callers = List.of();

    @BeforeEach
    void organisation() {
        mvc = Door.to(context);
        ToolFixture fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        String tool = "walk-" + UUID.randomUUID();
        callers = callers(fixture, tool);
        things = new WalkFixture(jdbc, process, tasks, clock, fixture).things(tool);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    private List<Caller> callers(ToolFixture fixture, String tool) {
        List<Caller> callers = new ArrayList<>();
        callers.add(Caller.person("nobody", "", Set.of()));
        callers.add(person("somebody without a role", Set.of()));
        callers.add(Caller.person("asked", "asker", Set.of(WalkFixture.ASKED)));
        TableRow.ROLES.forEach(role -> callers.add(person(role, Set.of(role))));
        Stream.of("auditor", "admin").forEach(one -> TableRow.ROLES.stream()
                .filter(role -> !role.equals(one))
                .forEach(role -> callers.add(person(one + " and " + role, Set.of(one, role)))));
        callers.add(person("everything", Set.copyOf(TableRow.ROLES)));
        callers.add(tool(fixture, tool, EnumSet.allOf(ToolAction.class), WalkFixture.TEAMS_SERVICE));
        for (ToolAction action : ToolAction.values()) {
            callers.add(tool(
                    fixture,
                    "walk-" + UUID.randomUUID(),
                    EnumSet.complementOf(EnumSet.of(action)),
                    WalkFixture.TEAMS_SERVICE));
        }
        callers.add(tool(fixture, "walk-" + UUID.randomUUID(), EnumSet.allOf(ToolAction.class), "keystone"));
        return callers;
    }

    private static Caller person(String label, Set<String> roles) {
        Set<String> groups = new HashSet<>(roles);
        groups.add(WalkFixture.TEAM);
        return Caller.person(label, WalkFixture.WALKER, Set.copyOf(groups));
    }

    private Caller tool(ToolFixture fixture, String name, Set<ToolAction> actions, String service) {
        ToolFixture.ADAM.runs(() -> tools.put(
                name,
                new ToolDescription("Walks", actions, Set.of(service), Set.of(), "anna", true),
                Precondition.parse(null, "*")));
        Set<String> words =
                actions.stream().map(action -> action.words().replace(' ', '-')).collect(Collectors.toSet());
        return new Caller(
                "a tool for " + service + " that may " + words,
                "tool:" + name,
                Set.of(),
                words,
                Set.of(service),
                fixture.token(ToolFixture.ADAM, name).text());
    }

    @Test
    void everyCellIsAsTheTableSays() {
        long start = System.nanoTime();
        Map<String, String> before = everything();
        List<String> differences = new ArrayList<>();
        int[] cells = {0, 0};

        for (TableRow row : ROWS) {
            for (Thing thing : thingsOf(row)) {
                for (Caller caller : callersOf(thing)) {
                    boolean allowed = caller.may(row, thing, TABLE);
                    cells[allowed ? 1 : 0]++;
                    for (String body : bodies(row, thing, allowed)) {
                        compare(allowed, row, thing, caller, body, differences);
                    }
                }
            }
        }

        System.out.printf(
                "%d operations, %d cells (%d allowed, %d refused), %d differences, %.1f s%n",
                ROWS.size(),
                cells[0] + cells[1],
                cells[1],
                cells[0],
                differences.size(),
                (System.nanoTime() - start) / 1e9);
        assertThat(differences).isEmpty();
        assertThat(cells[0]).isGreaterThan(3_500);
        assertThat(cells[1]).isGreaterThan(2_500);
        assertThat(everything()).as("what refused calls left behind").isEqualTo(before);
    }

    private List<Thing> thingsOf(TableRow row) {
        return row.isAboutOne() && Thing.OWNED.contains(row.collection()) ? things : things.subList(1, 2);
    }

    /** Two roles at once make no difference to whose something is. */
    private List<Caller> callersOf(Thing thing) {
        boolean all = thing == things.get(1) || !thing.exists();
        return callers.stream()
                .filter(caller -> all || !caller.label().contains(" and "))
                .toList();
    }

    private List<String> bodies(TableRow row, Thing thing, boolean allowed) {
        String body = operations.bodyOf(row.name());
        if (body.isEmpty() && allowed && ASKING_FURTHER.contains(row.name())) {
            return List.of();
        }
        boolean asItShouldBe =
                !body.isEmpty() && thing == things.get(1) && !(allowed && ASKING_FURTHER.contains(row.name()));
        return asItShouldBe ? List.of("{\"nonsense\": true}", body) : List.of("{\"nonsense\": true}");
    }

    private void compare(
            boolean allowed, TableRow row, Thing thing, Caller caller, String body, List<String> differences) {
        MockHttpServletResponse answer = allowed ? undone(row, thing, caller, body) : send(row, thing, caller, body);
        int status = answer.getStatus();
        boolean asExpected = allowed ? !isRefusal(answer) && status != 429 && status < 500 : isRefusal(answer);
        if (!asExpected) {
            differences.add("%s, %s, by %s with %s: the table says %s, the answer is %d"
                    .formatted(row.name(), thing.label(), caller.label(), body, allowed, status));
        }
    }

    /** A callback that is badly signed is refused by its signature, and not by the table. */
    private static boolean isRefusal(MockHttpServletResponse answer) {
        return answer.getStatus() == 403
                || (answer.getStatus() == 401 && bodyOf(answer).contains(":sign-in-required"));
    }

    private static String bodyOf(MockHttpServletResponse answer) {
        try {
            return answer.getContentAsString();
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MockHttpServletResponse undone(TableRow row, Thing thing, Caller caller, String body) {
        MockHttpServletResponse answer = transactions.execute(transaction -> {
            transaction.setRollbackOnly();
            return send(row, thing, caller, body);
        });
        return Objects.requireNonNull(answer);
    }

    private MockHttpServletResponse send(TableRow row, Thing thing, Caller caller, String body) {
        clock.advance(Duration.ofMillis(10)); // as fast as one caller may
        var request = mvc.method(HttpMethod.valueOf(row.method())).uri(URI.create(address(row, thing)));
        if (caller.isTool()) {
            request = request.header("Authorization", "Bearer " + caller.token());
        } else {
            request = request.with(
                    caller.isNobody()
                            ? anonymous()
                            : user(caller.id()).roles(caller.groups().toArray(String[]::new)));
        }
        for (String header : operations.headersOf(row.name())) {
            request = request.header(
                    header.substring(0, header.indexOf(':')),
                    header.substring(header.indexOf(':') + 1).strip());
        }
        if (!operations.bodyOf(row.name()).isEmpty()) {
            request = request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        MvcResult result = request.asyncExchange().getMvcResult();
        AsyncContext stream = result.getRequest().getAsyncContext();
        if (stream != null) {
            stream.complete();
        }
        return result.getResponse();
    }

    private static String address(TableRow row, Thing thing) {
        String address = row.address()
                .replaceFirst("\\{[a-z]+}", thing.in(row.collection()))
                .replace("{kind}", "RUNBOOK")
                .replaceAll("\\{[a-z]+}", "1");
        return row.name().equals(Caller.ROLLOUTS) ? address + "?change=" + thing.in("/api/v1/changes") : address;
    }

    /**
     * All there is in the database but when tokens were used, and the numbers by which the trail calls people: those are
     * given apart, so one that was given for what is taken back stays.
     */
    private Map<String, String> everything() {
        Map<String, String> tables = new TreeMap<>();
        jdbc
                .queryForList(
                        "select table_name from information_schema.tables where table_schema = 'PUBLIC'", String.class)
                .stream()
                .filter(table -> !table.equals("AUDIT_PERSON"))
                .forEach(table -> tables.put(table, content(table)));
        return tables;
    }

    private String content(String table) {
        return jdbc.queryForList("select * from \"" + table + "\"").stream()
                .map(columns -> {
                    columns.remove("LAST_USED_AT");
                    columns.replaceAll((column, value) -> value instanceof byte[] bytes ? bytes.length : value);
                    return columns.toString();
                })
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
