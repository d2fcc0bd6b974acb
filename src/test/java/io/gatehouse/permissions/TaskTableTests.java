package io.gatehouse.permissions;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.api.ProblemException;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import io.gatehouse.tool.Tokens;
import io.gatehouse.tool.ToolFixture;
import io.gatehouse.tool.Tools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.FormService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Every user task of the table, offered by a redrawn model to every role there is and to a team besides, claimed and
 * handed in by everybody: the table lets through whom it says, whatever the model says.
 */
@ProcessTest
@OnH2
class TaskTableTests {

    private static final String ASKED = "asked-team";
    private static final List<TableRow> ROWS = TableRow.of("tasks.csv");
    private static final Set<String> REFUSALS_OF_THE_TABLE = Set.of("not-allowed", "not-yours");

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private RepositoryService repository;

    @Autowired
    private RuntimeService runtime;

    @Autowired
    private TaskService tasks;

    @Autowired
    private FormService forms;

    @Autowired
    private IdentityService identities;

    @Autowired
    private Tools tools;

    @Autowired
    private Tokens tokens;

    @Autowired
    private ChangeProcess changes;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private List<Thing> things = List.of();
    private String deployment = "";

    @BeforeEach
    void modelsThatAskEverybody() {
        ToolFixture fixture = new ToolFixture(jdbc, identities, tools, tokens);
        fixture.teams();
        things = new WalkFixture(jdbc, changes, tasks, clock, fixture)
                .things("none")
                .subList(1, 4);
        var deploying = repository.createDeployment();
        stems().forEach(stem -> deploying.addModelInstance("Walk" + stem + ".bpmn", model(stem)));
        InsideTheEngine.run(engine, () -> deployment = deploying.deploy().getId());
    }

    @AfterEach
    void forgetThem() {
        InsideTheEngine.run(engine, () -> repository.deleteDeployment(deployment, true));
    }

    private static Stream<String> stems() {
        return ROWS.stream().map(TableRow::name).filter(stem -> !stem.equals("GiveBack"));
    }

    private static BpmnModelInstance model(String stem) {
        return Bpmn.createExecutableProcess("Walk" + stem)
                .camundaHistoryTimeToLiveString("P1D")
                .startEvent()
                .userTask("Activity_" + stem)
                .name(stem)
                .camundaDueDate("2040-01-01T00:00:00")
                .camundaCandidateGroups(ASKED + "," + String.join(",", TableRow.ROLES))
                .endEvent()
                .done();
    }

    private static List<SignedIn> people() {
        List<SignedIn> people = new ArrayList<>();
        people.add(person(Set.of(ASKED)));
        TableRow.ROLES.forEach(role -> people.add(person(Set.of(role))));
        Stream.of("auditor", "admin")
                .forEach(one -> TableRow.ROLES.forEach(role -> people.add(person(Set.copyOf(List.of(one, role))))));
        people.add(person(Set.copyOf(TableRow.ROLES)));
        return people;
    }

    private static SignedIn person(Set<String> roles) {
        Set<String> groups = new HashSet<>(roles);
        groups.add(WalkFixture.TEAM);
        return new SignedIn("tasker", groups.toArray(String[]::new));
    }

    @Test
    void everyTaskIsForWhomTheTableSays() {
        List<String> differences = new ArrayList<>();
        int cells = 0;
        for (TableRow row : ROWS) {
            if (row.name().equals("GiveBack")) {
                continue;
            }
            for (Thing thing : things) {
                String task = start(row.name(), thing.in("/api/v1/changes"));
                for (SignedIn person : people()) {
                    boolean expected = may(row, thing, Set.of(person.groups()));
                    boolean claimed = passes(person, () -> tasks.claim(task, person.id()));
                    boolean handedIn = passes(person, () -> forms.submitTaskForm(task, Map.of("nonsense", 1)));
                    cells += 2;
                    if (claimed != expected || handedIn != expected) {
                        differences.add("%s of %s by %s: the table says %s, claimed %s, handed in %s"
                                .formatted(
                                        row.name(),
                                        thing.label(),
                                        List.of(person.groups()),
                                        expected,
                                        claimed,
                                        handedIn));
                    }
                }
            }
        }

        System.out.printf("%d tasks, %d cells, %d differences%n", ROWS.size() - 1, cells, differences.size());
        assertThat(differences).isEmpty();
        assertThat(cells).isGreaterThan(1_500);
    }

    @Test
    void onlyWhoTheTableSaysTakesATaskAwayFromSomebody() {
        TableRow row = ROWS.stream()
                .filter(each -> each.name().equals("GiveBack"))
                .findFirst()
                .orElseThrow();
        String task = start("ReviewChange", things.get(0).in("/api/v1/changes"));
        jdbc.update("update ACT_RU_TASK set ASSIGNEE_ = 'mona' where ID_ = ?", task);

        for (SignedIn person : people()) {
            Set<String> groups = Set.of(person.groups());
            boolean expected = !row.saysForAny(groups, "never") && row.saysForAny(groups, "all");

            assertThat(refusal(person, () -> tasks.setAssignee(task, null)).isEmpty())
                    .as(groups.toString())
                    .isEqualTo(expected);
        }
        assertThat(tasks.createTaskQuery().taskId(task).singleResult().getAssignee())
                .isEqualTo("mona");
    }

    private String start(String stem, String number) {
        String instance =
                runtime.startProcessInstanceByKey("Walk" + stem, number).getId();
        return tasks.createTaskQuery()
                .processInstanceId(instance)
                .singleResult()
                .getId();
    }

    private static boolean may(TableRow row, Thing thing, Set<String> groups) {
        if (row.saysForAny(groups, "never")) {
            return false;
        }
        return row.saysForAny(groups, "all")
                || (row.saysForAny(groups, "own") && groups.contains(thing.team()))
                || (groups.contains(ASKED) && row.says("asked", "all"));
    }

    /** Whether the table lets somebody do it; that the task itself or the answer is at fault is found out later. */
    private boolean passes(SignedIn person, Runnable deed) {
        return !REFUSALS_OF_THE_TABLE.contains(refusal(person, deed));
    }

    private String refusal(SignedIn person, Runnable deed) {
        try {
            person.runs(() -> transactions.executeWithoutResult(transaction -> {
                transaction.setRollbackOnly();
                deed.run();
            }));
            return "";
        } catch (RuntimeException e) {
            return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                    .filter(ProblemException.class::isInstance)
                    .map(problem ->
                            ((ProblemException) problem).problem().type().toString())
                    .map(type -> type.substring(type.lastIndexOf(':') + 1))
                    .findFirst()
                    .orElseThrow(() -> e);
        }
    }
}
