package io.gatehouse.permissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.malformed.Operations;
import io.gatehouse.testing.Door;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolFixture;
import io.gatehouse.tool.Tools;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every name that anything of ours has, added to every object of every body the API takes: none is taken from a client
 * that has no business to say it.
 *
 * <p>What is read of a body is up to how its operation reads it, and to nothing that stands at the door, so each name is
 * read as the operation has it read; one for each object is sent through the door, where that is what decides.
 */
@ProcessTest
@OnH2
class MassAssignmentTests {

    /** What only the server decides, in whatever body it comes. */
    private static final Set<String> OURS = Set.of(
            "id",
            "number",
            "state",
            "version",
            "requester",
            "raisedBy",
            "approvals",
            "approver",
            "approvedBy",
            "authorizedBy",
            "implementer",
            "reviewer",
            "decidedBy",
            "risk",
            "riskLevel",
            "onHold",
            "createdAt",
            "createdBy",
            "updatedAt",
            "closedAt",
            "lastUsedAt",
            "roles",
            "groups",
            "admin",
            "token",
            "secret",
            "hash");

    /** Objects whose names are up to the caller: what a tool is told, held against the operator's patterns. */
    private static final Set<String> FREE = Set.of("parameters");

    private static final Set<String> STEP = Set.of(
            "connector", "manual", "parameters", "undo", "cannotBeUndone", "check", "runbook", "expectedDuration");

    /** What clients may say though the example of the operation does not. */
    private static final Map<String, Set<String>> INPUT = input();

    private static Map<String, Set<String>> input() {
        Map<String, Set<String>> input = new HashMap<>(Map.of(
                "POST /api/v1/releases", Set.of("train", "series", "template", "changeTemplate", "rolloutPlan"),
                "PUT /api/v1/releases/{number}", Set.of("train", "series", "template", "changeTemplate", "rolloutPlan"),
                "POST /api/v1/releases/{number}/criteria", Set.of("owner"),
                "PUT /api/v1/releases/{number}/communication-plan/entries/0", Set.of("stage"),
                "PUT /api/v1/trains/{key}/milestones/0", Set.of("about"),
                "POST /api/v1/changes", Set.of("template", "window", "details"),
                "POST /api/v1/break-glass/actions/0", Set.of("to", "variable", "value"),
                "POST /api/v1/rollout-plan-drafts/deploy", Set.of("cannotBeUndone"),
                "POST /api/v1/rollout-plan-drafts/deploy/undo", Set.of("manual"),
                "PUT /api/v1/change-templates/{key}/plans", Set.of("communication", "test")));
        input.put("POST /api/v1/releases/{number}/stages/{stage}/tests/{test}/results", Set.of("junit"));
        input.put("PUT /api/v1/release-templates/{key}", Set.of("rolloutPlan"));
        List.of("POST /api/v1/releases", "PUT /api/v1/releases/{number}", "PUT /api/v1/release-templates/{key}")
                .forEach(staged ->
                        input.put(staged + "/stages/0", Set.of("approvals", "changeTemplate", "rolloutPlan")));
        List.of(
                        "changes/{number}/rollout-plan",
                        "services/{key}/rollout-plan",
                        "change-templates/{key}/rollout-plan",
                        "rollout-plan-templates/{key}")
                .forEach(owner -> {
                    String plan = "PUT /api/v1/" + owner;
                    input.put(plan, Set.of("parameters"));
                    input.put(plan + "/steps/0", STEP);
                    input.put(plan + "/steps/0/undo", Set.of("manual"));
                    input.put(plan + "/steps/1", STEP);
                });
        return input;
    }

    private final ObjectMapper json = new ObjectMapper();
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

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping controllers;

    @Autowired
    private RequestMappingHandlerAdapter adapter;

    private MockMvcTester mvc;
    private Thing thing;

    @BeforeEach
    void organisation() {
        mvc = Door.to(context);
        ToolFixture fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        thing = new WalkFixture(jdbc, process, tasks, clock, fixture)
                .things("none")
                .get(1);
    }

    @AfterEach
    void present() {
        clock.reset();
    }

    @Test
    void nothingIsTakenThatAClientHasNoBusinessToSay() throws Exception {
        Set<String> names = everyName();
        List<String> taken = new ArrayList<>();
        int read = 0;
        int bodies = 0;
        for (TableRow row : TableRow.of("api.csv")) {
            String body = operations.bodyOf(row.name());
            if (body.isEmpty() || row.address().contains("{connector}")) {
                continue; // the body of a callback is signed, kept as it is and bound to nothing
            }
            bodies++;
            BodyReader reader = BodyReader.of(row.name(), controllers, adapter);
            for (Map.Entry<String, ObjectNode> place :
                    objects(json.readTree(body)).entrySet()) {
                List<String> foreign = foreign(row.name() + place.getKey(), place.getValue(), names);
                for (String name : foreign) {
                    read++;
                    if (!reader.refuses(with(body, place.getKey(), name), name)) {
                        taken.add("%s at '%s' of %s".formatted(name, place.getKey(), row.name()));
                    }
                }
                String sent = foreign.get(read % foreign.size());
                Answer answer = send(row, with(body, place.getKey(), sent));
                if (answer.status() != 400 || !answer.body().contains("is not a field of this request")) {
                    taken.add("%s at '%s' of %s: %s".formatted(sent, place.getKey(), row.name(), answer));
                }
            }
        }

        System.out.printf("%d bodies, %d names, %d read%n", bodies, names.size(), read);
        assertThat(taken).isEmpty();
        assertThat(names).hasSizeGreaterThan(100).contains("state", "requester", "risk", "version");
        assertThat(bodies).isGreaterThan(18);
        assertThat(read).isGreaterThan(3_000);
    }

    /** The names that a client may not say in an object. */
    private static List<String> foreign(String place, ObjectNode object, Set<String> names) {
        Set<String> said = INPUT.getOrDefault(place, Set.of());
        return names.stream()
                .filter(name -> !object.has(name) && !said.contains(name))
                .toList();
    }

    private record Answer(int status, String body) {}

    /** The names of all components of all our records and of all fields of our tables. */
    private Set<String> everyName() throws Exception {
        Set<String> names = new TreeSet<>(OURS);
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(file -> file.getParent().endsWith("web"))
                    .filter(file -> file.toString().endsWith(".class"))
                    .toList()) {
                String name = classes.relativize(file).toString().replace('/', '.');
                Class<?> type = Class.forName(
                        name.replaceFirst("\\.class$", ""), false, getClass().getClassLoader());
                if (type.isRecord()) {
                    Stream.of(type.getRecordComponents()).forEach(component -> names.add(component.getName()));
                }
            }
        }
        jdbc.queryForList(
                        "select distinct column_name from information_schema.columns where table_name in "
                                + "('CHANGE_REQUEST', 'SERVICE', 'ENVIRONMENT', 'CHANGE_TEMPLATE', 'ROLLOUT', 'TOOL', 'TOOL_TOKEN', 'FREEZE')",
                        String.class)
                .forEach(column -> names.add(camelCase(column)));
        return names;
    }

    private static String camelCase(String column) {
        StringBuilder name = new StringBuilder();
        for (String word : column.toLowerCase(java.util.Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    /** Every object in a body by its JSON pointer, but the free ones. */
    private static Map<String, ObjectNode> objects(JsonNode body) {
        Map<String, ObjectNode> found = new LinkedHashMap<>();
        collect("", body, found);
        return found;
    }

    private static void collect(String pointer, JsonNode node, Map<String, ObjectNode> found) {
        if (node instanceof ObjectNode object) {
            found.put(pointer, object);
            object.properties().stream()
                    .filter(field -> !FREE.contains(field.getKey()))
                    .forEach(field -> collect(pointer + "/" + field.getKey(), field.getValue(), found));
        } else if (node.isArray() && !node.isEmpty()) {
            collect(pointer + "/0", node.get(0), found);
        }
    }

    private String with(String body, String pointer, String name) throws Exception {
        JsonNode copy = json.readTree(body);
        ((ObjectNode) copy.at(pointer)).set(name, TextNode.valueOf("mine"));
        return json.writeValueAsString(copy);
    }

    private Answer send(TableRow row, String body) {
        clock.advance(Duration.ofMillis(10));
        String roles = row.name().matches("PUT /api/v1/(tools|secrets)/.*|.*/tokens.*|.*/people.*") ? "admin" : "";
        Set<String> groups = new TreeSet<>(TableRow.ROLES);
        groups.removeAll(Set.of("auditor", "admin"));
        groups.add(WalkFixture.TEAM);
        if (!roles.isEmpty()) {
            groups.add(roles);
        }
        var request = mvc.method(HttpMethod.valueOf(row.method()))
                .uri(URI.create(row.address()
                        .replaceFirst("\\{[a-z]+}", thing.in(row.collection()))
                        .replace("{kind}", "RUNBOOK")
                        .replaceAll("\\{[a-z]+}", "1")))
                .with(user("walker").roles(groups.toArray(String[]::new)))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body);
        for (String header : operations.headersOf(row.name())) {
            request = request.header(
                    header.substring(0, header.indexOf(':')),
                    header.substring(header.indexOf(':') + 1).strip());
        }
        var sent = request;
        Answer answer = transactions.execute(transaction -> {
            transaction.setRollbackOnly();
            try {
                var response = sent.exchange().getMvcResult().getResponse();
                return new Answer(response.getStatus(), response.getContentAsString());
            } catch (java.io.UnsupportedEncodingException e) {
                throw new IllegalStateException(e);
            }
        });
        return answer == null ? new Answer(0, "") : answer;
    }
}
