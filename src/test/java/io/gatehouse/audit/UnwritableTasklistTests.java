package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gatehouse.malformed.DatabaseDump;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.TasklistAtRest;
import io.gatehouse.testing.TasklistSession;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import javax.sql.DataSource;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * If the trail cannot be written, nothing is done of what people do in the Tasklist: through each of its doors, with tasks
 * that wait in the sample. That they are refused because of the trail, which is written last, says that they would be done
 * otherwise. Tasks of other kinds go through the same doors.
 */
@OnH2
@TasklistAtRest
class UnwritableTasklistTests {

    private static final String UNWRITABLE = "audit trail";

    /** What a person says in each form. */
    private static final Map<String, Map<String, Object>> ANSWERS = new TreeMap<>(Map.ofEntries(
            Map.entry("ReviewTechnically", Map.of("decision", "APPROVE", "reason", "Sound")),
            Map.entry("ApproveChange", Map.of("decision", "APPROVE", "reason", "Fine")),
            Map.entry("CastVote", Map.of("vote", "APPROVE", "reason", "Fine")),
            Map.entry("ConfirmPackage", Map.of("action", "CONFIRM")),
            Map.entry("RecordTestResult", Map.of("passed", "12", "failed", "0", "skipped", "0")),
            Map.entry("SignOffStage", Map.of("decision", "PASS", "criteriaMet", true)),
            Map.entry("VoteGoOrNoGo", Map.of("vote", "GO", "reason", "Fine")),
            Map.entry("MeetCondition", Map.of("note", "Looked"))));

    /** What other programs than the Tasklist would call; the table of permissions has none of it. */
    private static final Map<String, String> NO_DOORS = Map.of(
            "POST task/$task/complete", "{}",
            "POST task/$task/assignee", "{\"userId\": \"$person\"}",
            "POST task/$task/delegate", "{\"userId\": \"$person\"}",
            "POST task/$task/resolve", "{}",
            "POST task/$task/bpmnError", "{\"errorCode\": \"x\"}",
            "POST task/$task/comment/create", "{\"message\": \"x\"}",
            "POST task/$task/identity-links", "{\"userId\": \"$person\", \"type\": \"candidate\"}",
            "PUT task/$task", "{\"name\": \"x\", \"assignee\": \"$person\"}",
            "PUT task/$task/variables/approved", "{\"value\": true}",
            "DELETE task/$task", "");

    /** A task, and somebody who may do it. */
    private record Taken(String stem, String task, String person) {}

    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, TasklistSession> sessions = new HashMap<>();

    @LocalServerPort
    private int port;

    @Autowired
    private TaskService tasks;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private IdentityService identities;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private DataSource database;

    @AfterEach
    void mend() {
        jdbc.execute("alter table audit_entry drop constraint if exists ck_unwritable");
    }

    private void spoil() {
        jdbc.execute("alter table audit_entry add constraint ck_unwritable check (n < 0) nocheck");
    }

    @Test
    void doesNothing() throws Exception {
        assertThat(doors()).containsExactlyInAnyOrder("claim", "unclaim", "submit-form");
        List<Taken> taken = taken();
        assertThat(taken).extracting(Taken::stem).containsExactlyElementsOf(ANSWERS.keySet());

        spoil();
        assertThat(done(taken, this::submit)).as("submitted").isEmpty();
        assertThat(done(taken, this::giveBack)).as("given back").isEmpty();
        noOtherDoorIsOpen(taken.get(0));
        mend();
        taken.forEach(
                one -> assertThat(giveBack(one).statusCode()).as(one.toString()).isEqualTo(204));
        spoil();
        assertThat(done(taken, this::claim)).as("claimed").isEmpty();
        mend();

        taken.forEach(
                one -> assertThat(claim(one).statusCode()).as(one.toString()).isEqualTo(204));
    }

    /** What the table lets anybody do to a task; whatever else is sent there only looks. */
    private static List<String> doors() throws IOException {
        return Files.readAllLines(Path.of("src/main/resources/permissions/webapps.csv")).stream()
                .filter(row -> !row.matches("(call|GET|OPTIONS).*"))
                .filter(row -> !row.matches(".*(The list of tasks|Cockpit to look|Admin to look).*"))
                .map(row -> row.substring(0, row.indexOf(',')).replaceFirst(".*/", ""))
                .toList();
    }

    /** One of each kind, claimed by the first who may. */
    private List<Taken> taken() {
        Map<String, Taken> taken = new TreeMap<>();
        for (Task task :
                tasks.createTaskQuery().taskUnassigned().orderByTaskId().asc().list()) {
            String stem = task.getTaskDefinitionKey().replace("Activity_", "");
            if (taken.containsKey(stem)) {
                continue;
            }
            for (String person : asked(task)) {
                Taken one = new Taken(stem, task.getId(), person);
                if (claim(one).statusCode() == 204) {
                    taken.put(stem, one);
                    break;
                }
            }
        }
        return List.copyOf(taken.values());
    }

    private List<Task> waiting() {
        Map<String, String> numbers = new HashMap<>();
        runtime.createProcessInstanceQuery()
                .list()
                .forEach(one -> numbers.put(one.getId(), String.valueOf(one.getBusinessKey())));
        return tasks.createTaskQuery().taskUnassigned().list().stream()
                .sorted(Comparator.comparing(task -> numbers.get(task.getProcessInstanceId())))
                .toList();
    }

    private Set<String> asked(Task task) {
        Set<String> people = new TreeSet<>();
        for (IdentityLink link : tasks.getIdentityLinksForTask(task.getId())) {
            if (link.getUserId() != null) {
                people.add(link.getUserId());
            } else {
                identities.createUserQuery().memberOfGroup(link.getGroupId()).list().stream()
                        .map(User::getId)
                        .forEach(people::add);
            }
        }
        return people;
    }

    private List<String> done(List<Taken> taken, Function<Taken, HttpResponse<String>> step) throws SQLException {
        List<String> done = new ArrayList<>();
        Map<String, String> before = dump();
        for (Taken one : taken) {
            HttpResponse<String> answer = step.apply(one);
            if (answer.statusCode() < 400 || !answer.body().contains(UNWRITABLE)) {
                done.add(one + ": " + answer.statusCode() + " " + answer.body());
            }
            if (!dump().equals(before)) {
                done.add(one + " has changed something");
                before = dump();
            }
        }
        return done;
    }

    private void noOtherDoorIsOpen(Taken one) throws SQLException {
        Map<String, String> before = dump();
        NO_DOORS.forEach((call, body) -> {
            String[] parts = call.replace("$task", one.task()).split(" ");
            assertThat(session(one.person())
                            .engine(parts[0], parts[1], body.replace("$person", one.person()))
                            .statusCode())
                    .as(call)
                    .isGreaterThanOrEqualTo(400);
        });
        assertThat(dump()).isEqualTo(before);
    }

    private HttpResponse<String> claim(Taken one) {
        return post(one, "claim", Map.of("userId", one.person()));
    }

    private HttpResponse<String> giveBack(Taken one) {
        return post(one, "unclaim", Map.of());
    }

    private HttpResponse<String> submit(Taken one) {
        Map<String, Object> variables = new HashMap<>();
        ANSWERS.getOrDefault(one.stem(), Map.of())
                .forEach((name, value) -> variables.put(name, Map.of("value", value)));
        return post(one, "submit-form", Map.of("variables", variables));
    }

    private HttpResponse<String> post(Taken one, String door, Map<String, Object> body) {
        try {
            return session(one.person())
                    .engine("POST", "task/" + one.task() + "/" + door, json.writeValueAsString(body));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TasklistSession session(String person) {
        return sessions.computeIfAbsent(person, name -> TasklistSession.of(name, port));
    }

    private Map<String, String> dump() throws SQLException {
        Map<String, String> dump = DatabaseDump.of(database);
        // The number of a person stays given, also if what it was first needed for did not happen.
        dump.remove("audit_person");
        return dump;
    }
}
