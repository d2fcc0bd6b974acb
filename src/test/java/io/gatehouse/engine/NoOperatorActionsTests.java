package io.gatehouse.engine;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.TrailNames;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.migration.MigrationPlan;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Nobody operates the engine by hand, whoever they are, and whoever tries is on record. */
@OnH2
@ProcessTest
class NoOperatorActionsTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    private ProcessEngine engine;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @TestFactory
    Stream<DynamicTest> refusesAndWritesDown() {
        ChangeFixture.catalog(jdbc);
        clock.reset();
        Change change = RITA.does(() -> process.submit(
                REQUESTER,
                process.raise(REQUESTER, ChangeFixture.content(clock.instant())).number()));
        ProcessInstance instance = engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(change.number())
                .singleResult();
        return actions(instance).entrySet().stream()
                .map(action -> dynamicTest(action.getKey(), () -> {
                    List<Map<String, Object>> before = position(instance);
                    long entries = entries();

                    assertThatThrownBy(() -> MONA.runs(action.getValue()))
                            .isInstanceOf(ProblemException.class)
                            .hasMessageContaining("on record");

                    assertThat(entries()).isEqualTo(entries + 1);
                    assertThat(lastActor()).isEqualTo("mona");
                    assertThat(position(instance)).isEqualTo(before);
                }));
    }

    private Map<String, Runnable> actions(ProcessInstance instance) {
        RuntimeService runtime = engine.getRuntimeService();
        String id = instance.getId();
        String definition = instance.getProcessDefinitionId();
        String task = engine.getTaskService()
                .createTaskQuery()
                .processInstanceId(id)
                .singleResult()
                .getId();
        MigrationPlan plan = runtime.createMigrationPlan(definition, definition)
                .mapEqualActivities()
                .build();
        Map<String, Runnable> actions = new TreeMap<>();
        actions.put("move a token", () -> runtime.createProcessInstanceModification(id)
                .startBeforeActivity("Activity_RunRollout")
                .execute());
        actions.put("move tokens in a batch", () -> runtime.createModification(definition)
                .startBeforeActivity("Activity_RunRollout")
                .processInstanceIds(id)
                .executeAsync());
        actions.put("move tokens of several", () -> runtime.createModification(definition)
                .startBeforeActivity("Activity_RunRollout")
                .processInstanceIds(id)
                .execute());
        actions.put("start in the middle", () -> runtime.createProcessInstanceById(definition)
                .startBeforeActivity("Activity_RunRollout")
                .execute());
        actions.put("edit a variable", () -> runtime.setVariable(id, "changeNumber", "CHG-000001"));
        actions.put("edit a local variable", () -> runtime.setVariableLocal(id, "approved", true));
        actions.put("remove a variable", () -> runtime.removeVariable(id, "changeNumber"));
        actions.put(
                "edit variables in a batch",
                () -> runtime.setVariablesAsync(List.of(id), Map.<String, Object>of("approved", true)));
        actions.put("edit a variable of a task", () -> engine.getTaskService().setVariable(task, "approved", true));
        actions.put("send a message", () -> runtime.createMessageCorrelation("change.ChangeHeld")
                .processInstanceBusinessKey(instance.getBusinessKey())
                .correlateAll());
        actions.put("send a message to one", () -> runtime.messageEventReceived("change.ChangeHeld", id));
        actions.put("send a signal", () -> runtime.signalEventReceived("anything"));
        actions.put("trigger", () -> runtime.signal(id));
        actions.put("end a task by an error", () -> engine.getTaskService().handleBpmnError(task, "anything"));
        actions.put("delete an instance", () -> runtime.deleteProcessInstance(id, "by hand"));
        actions.put("delete instances", () -> runtime.deleteProcessInstances(List.of(id), "by hand", true, true));
        actions.put("delete instances in a batch", () -> runtime.deleteProcessInstancesAsync(List.of(id), "by hand"));
        actions.put("suspend an instance", () -> runtime.suspendProcessInstanceById(id));
        actions.put("activate an instance", () -> runtime.activateProcessInstanceById(id));
        actions.put(
                "suspend a definition", () -> engine.getRepositoryService().suspendProcessDefinitionById(definition));
        actions.put(
                "delete a definition", () -> engine.getRepositoryService().deleteProcessDefinition(definition, true));
        actions.put("migrate", () -> runtime.newMigration(runtime.createMigrationPlan(definition, definition)
                        .mapEqualActivities()
                        .build())
                .processInstanceIds(id)
                .execute());
        actions.put("restart", () -> runtime.restartProcessInstances(definition)
                .startBeforeActivity("Activity_RunRollout")
                .processInstanceIds(id)
                .execute());
        actions.put("set retries", () -> engine.getManagementService().setJobRetries("any", 3));
        actions.put(
                "set retries in a batch", () -> engine.getManagementService().setJobRetriesAsync(List.of("any"), 3));
        actions.put("delete a job", () -> engine.getManagementService().deleteJob("any"));
        actions.put("set a due date", () -> engine.getManagementService().setJobDuedate("any", new Date()));
        actions.put("set a priority", () -> engine.getManagementService().setJobPriority("any", 1));
        actions.put("fetch a tool's task", () -> engine.getExternalTaskService()
                .fetchAndLock(1, "me")
                .topic("rollout.run", 1000)
                .execute());
        actions.put(
                "complete a tool's task", () -> engine.getExternalTaskService().complete("any", "me"));
        actions.put("fail a tool's task", () -> engine.getExternalTaskService()
                .handleFailure("any", "me", "by hand", 0, 0));
        actions.put(
                "set a tool's retries", () -> engine.getExternalTaskService().setRetries("any", 1));
        actions.put("deploy", () -> engine.getRepositoryService()
                .createDeployment()
                .addClasspathResource("models/SampleApproval.bpmn")
                .deploy());
        actions.put("delete a deployment", () -> engine.getRepositoryService().deleteDeployment("any", true));
        actions.put("delete an instance from the history", () -> engine.getHistoryService()
                .deleteHistoricProcessInstance(id));
        actions.put("delete an entry of the operation log", () -> engine.getHistoryService()
                .deleteUserOperationLogEntry("any"));
        return actions;
    }

    @Test
    void keepsTheEntryWhateverBecomesOfTheCallersOwnWork() {
        long entries = entries();

        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> engine.getManagementService().setJobRetries("any", 3)))
                .isInstanceOf(ProblemException.class);

        assertThat(entries()).isEqualTo(entries + 1);
    }

    /** Everything an attempt could have left behind. */
    private List<Map<String, Object>> position(ProcessInstance instance) {
        List<Map<String, Object>> rows = jdbc.queryForList(
                "select ACT_ID_, IS_ACTIVE_, SUSPENSION_STATE_ from ACT_RU_EXECUTION where PROC_INST_ID_ = ? order by ID_",
                instance.getId());
        rows.addAll(jdbc.queryForList(
                "select NAME_, TEXT_ from ACT_RU_VARIABLE where PROC_INST_ID_ = ? order by ID_", instance.getId()));
        rows.addAll(jdbc.queryForList("select count(*) as n from ACT_RE_DEPLOYMENT"));
        rows.addAll(jdbc.queryForList("select count(*) as n from ACT_RU_BATCH"));
        return rows;
    }

    private long entries() {
        return jdbc.queryForObject(
                "select count(*) from audit_entry where action = 'engine.OperatorActionRefused'", Long.class);
    }

    private String lastActor() {
        return jdbc.queryForObject(
                "select " + TrailNames.ACTOR
                        + " from audit_entry where action = 'engine.OperatorActionRefused' order by n desc limit 1",
                String.class);
    }
}
