package io.gatehouse.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.EngineTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TasklistSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** What operators of the engine do to it by hand, tried by everybody through the engine's real web applications. */
@EngineTest
class OperatorActionsTests {

    private static final List<String> PEOPLE = List.of("rita", "mona", "rolf", "oskar", "alma", "adam");

    private static final String ENGINE = "/camunda/api/engine/engine/default/";

    /** Method, address below the engine, body; {@code $task}, {@code $instance} and {@code $definition} are real ones. */
    private static final List<List<String>> ACTIONS = List.of(
            List.of("PUT", "job/$task/retries", "{\"retries\":3}"),
            List.of("POST", "job/retries", "{\"retries\":3,\"jobIds\":[\"$task\"]}"),
            List.of("POST", "job/$task/execute", "{}"),
            List.of("PUT", "job/$task/duedate", "{\"duedate\":null}"),
            List.of("PUT", "external-task/$task/retries", "{\"retries\":3}"),
            List.of("POST", "external-task/fetchAndLock", "{\"workerId\":\"w\",\"maxTasks\":9,\"topics\":[]}"),
            List.of("PUT", "process-instance/$instance/variables/approved", "{\"value\":true,\"type\":\"Boolean\"}"),
            List.of("POST", "process-instance/$instance/variables", "{\"deletions\":[\"number\"]}"),
            List.of("DELETE", "process-instance/$instance", ""),
            List.of("POST", "process-instance/delete", "{\"processInstanceIds\":[\"$instance\"]}"),
            List.of("PUT", "process-instance/$instance/suspended", "{\"suspended\":true}"),
            List.of("PUT", "process-instance/suspended", "{\"suspended\":true,\"processInstanceIds\":[\"$instance\"]}"),
            List.of("POST", "process-instance/$instance/modification", "{\"instructions\":[]}"),
            List.of("POST", "modification/execute", "{\"processDefinitionId\":\"$definition\"}"),
            List.of("POST", "migration/generate", "{\"sourceProcessDefinitionId\":\"$definition\"}"),
            List.of("POST", "migration/execute", "{\"migrationPlan\":{}}"),
            List.of("POST", "process-definition/$definition/start", "{}"),
            List.of("POST", "process-definition/$definition/restart", "{\"processInstanceIds\":[\"$instance\"]}"),
            List.of("PUT", "process-definition/$definition/suspended", "{\"suspended\":true}"),
            List.of("PUT", "process-definition/$definition/history-time-to-live", "{\"historyTimeToLive\":1}"),
            List.of("DELETE", "process-definition/$definition?cascade=true", ""),
            List.of("POST", "deployment/create", "{}"),
            List.of("DELETE", "deployment/$task?cascade=true", ""),
            List.of("POST", "message", "{\"messageName\":\"change.Canceled\",\"businessKey\":\"x\"}"),
            List.of("POST", "signal", "{\"name\":\"x\"}"),
            List.of("POST", "condition", "{\"variables\":{}}"),
            List.of("POST", "task/$task/complete", "{}"),
            List.of("POST", "task/$task/resolve", "{}"),
            List.of("POST", "task/$task/delegate", "{\"userId\":\"rita\"}"),
            List.of("POST", "task/$task/assignee", "{\"userId\":\"rita\"}"),
            List.of("POST", "task/$task/bpmnError", "{\"errorCode\":\"x\"}"),
            List.of("POST", "task/$task/identity-links", "{\"groupId\":\"requester\",\"type\":\"candidate\"}"),
            List.of("POST", "task/$task/identity-links/delete", "{\"groupId\":\"requester\",\"type\":\"candidate\"}"),
            List.of("PUT", "task/$task", "{\"name\":\"x\"}"),
            List.of("PUT", "task/$task/variables/approved", "{\"value\":true}"),
            List.of("POST", "task/create", "{\"name\":\"x\"}"),
            List.of("DELETE", "task/$task", ""),
            List.of("POST", "filter/create", "{\"name\":\"x\",\"resourceType\":\"Task\"}"),
            List.of("POST", "user/create", "{\"profile\":{\"id\":\"evil\"},\"credentials\":{\"password\":\"evil\"}}"),
            List.of("PUT", "user/rita/credentials", "{\"password\":\"evil\"}"),
            List.of("DELETE", "user/mona", ""),
            List.of("PUT", "group/admin/members/rita", ""),
            List.of("POST", "authorization/create", "{\"type\":0,\"permissions\":[\"ALL\"],\"resourceType\":6}"),
            List.of("POST", "history/cleanup", ""),
            List.of("DELETE", "history/process-instance/$instance", ""),
            List.of("POST", "decision-definition/key/AssessChangeRisk/evaluate", "{\"variables\":{}}"));

    @LocalServerPort
    private int port;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private TaskService tasks;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private List<ScheduledTaskHolder> schedules;

    private Map<String, String> real = Map.of();

    @BeforeEach
    void aChangeUnderReview() {
        String number = SignedIn.RITA.does(() -> {
            Person rita = new Person("rita", Set.of("requester"));
            return process.submit(
                            rita,
                            process.raise(rita, ChangeFixture.content(Instant.now()))
                                    .number())
                    .number();
        });
        Task task = tasks.createTaskQuery().processInstanceBusinessKey(number).singleResult();
        real = Map.of(
                "$task", task.getId(),
                "$instance", task.getProcessInstanceId(),
                "$definition", task.getProcessDefinitionId());
    }

    /** Or what looks for it each minute would take it up meanwhile, which is a change of the engine as well. */
    private void takeUpWhatOthersLeft() {
        schedules.stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::getTask)
                .filter(task -> task.toString().contains("LostProcesses"))
                .forEach(task -> task.getRunnable().run());
    }

    @Test
    void areRefusedToEverybodyChangeNothingAndAreOnRecord() {
        takeUpWhatOthersLeft();
        for (String person : PEOPLE) {
            TasklistSession session = TasklistSession.of(person, port);
            Map<String, String> before = engine();
            long head = head();

            List<String> unexpected = new ArrayList<>();
            for (List<String> action : ACTIONS) {
                int status = session.call(action.get(0), ENGINE + named(action.get(1)), named(action.get(2)))
                        .statusCode();
                if (status != 403) {
                    unexpected.add(status + " to " + action);
                }
            }

            assertThat(unexpected).as(person).isEmpty();
            assertThat(engine()).as(person).isEqualTo(before);
            // At most 20 in ten seconds, and ten may end meanwhile.
            String named = jdbc.queryForObject("select " + TrailNames.PERSON, String.class, person);
            assertThat(refusalsSince(head)).hasSizeBetween(15, 40).allSatisfy(entry -> assertThat(entry)
                    .containsEntry("ACTOR", named)
                    .containsEntry("OBJECT", named)
                    .extractingByKey("PAYLOAD")
                    .asString()
                    .contains("/camunda/api/engine/"));
        }
    }

    @Test
    void saysWhichJobOrInstanceItWas() {
        TasklistSession theo = TasklistSession.of("theo", port);
        long head = head();

        theo.call("DELETE", ENGINE + named("history/activity-instance/$instance"), "");

        assertThat(refusalsSince(head)).singleElement().satisfies(entry -> assertThat(entry.get("PAYLOAD"))
                .asString()
                .contains("DELETE /camunda/api/engine/engine/default/history/activity-instance/"
                        + real.get("$instance")));
    }

    @Test
    void leaveNoRecordOfSomebodyWhoIsNobody() {
        long head = head();

        int status = TasklistSession.anonymous(port)
                .call("DELETE", ENGINE + named("process-instance/$instance"), "")
                .statusCode();

        assertThat(status).isEqualTo(401);
        assertThat(refusalsSince(head)).isEmpty();
    }

    private String named(String text) {
        String named = text;
        for (Map.Entry<String, String> entry : real.entrySet()) {
            named = named.replace(entry.getKey(), entry.getValue());
        }
        return named;
    }

    private long head() {
        Long head = jdbc.queryForObject("select n from audit_head", Long.class);
        return head == null ? 0 : head;
    }

    /** Those of people; how many followed the first ones is told by the system, every ten seconds. */
    private List<Map<String, Object>> refusalsSince(long head) {
        return jdbc.queryForList(
                "select * from audit_entry where action = 'access.CallRefused' and actor <> 'gatehouse' and n > ? order by n",
                head);
    }

    /** Every row of every table of the engine. */
    private Map<String, String> engine() {
        Map<String, String> tables = new TreeMap<>();
        jdbc.queryForList(
                        "select table_name from information_schema.tables where table_name like 'ACT_%'", String.class)
                .forEach(table -> tables.put(
                        table,
                        jdbc.queryForList("select * from " + table).stream()
                                .map(OperatorActionsTests::row)
                                .sorted()
                                .toList()
                                .toString()));
        return tables;
    }

    private static String row(Map<String, Object> columns) {
        columns.replaceAll((column, value) -> value instanceof byte[] bytes ? bytes.length : value);
        return columns.toString();
    }
}
