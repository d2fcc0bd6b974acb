package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.gatehouse.access.Person;
import io.gatehouse.calendar.Freezes;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** A tool runs nothing of a change that is not approved as it is at that very moment, and undoes it all the same. */
@OnH2
@RolloutTest
class LastLookTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    Rollouts rollouts;

    @Autowired
    ChangeProcess process;

    @Autowired
    ChangeTemplates templates;

    @Autowired
    Changes changes;

    @Autowired
    Freezes freezes;

    @Autowired
    Tasks tasks;

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcTemplate jdbc;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOT_APPROVED | delete from change_approval where change_id = ?",
                "NOT_APPROVED | update change_approval set decision = 'REJECTED' where change_id = ?",
                "NOT_APPROVED | update change_approval set round = 9 where change_id = ?",
                "NOT_APPROVED | update change_request set requester = 'theo' where id = ?",
                "NOT_APPROVED | insert into change_duty (change_id, duty, person) values (?, 'AUTHOR', 'theo')",
                "NOT_APPROVED | insert into change_duty (change_id, duty, person) values (?, 'POLICY', 'theo')",
                "ON_HOLD | update change_request set on_hold_because = 'wait' where id = ?",
                "ALTERED | update change_service set new_digest = 'sha256:evil' where change_id = ?",
                "ALTERED | delete from change_service where change_id = ?",
                "ALTERED | update change_request set environment_key = 'production' where id = ?",
                "ALTERED | update change_request set scope_sha256 = null where id = ?",
                "ALTERED | update change_approval set scope_sha256 = null where change_id = ?",
            })
    void whatIsWrittenPastTheProductStopsTheNextStep(String reason, String sql) {
        Change change = started(planned(deploySteps(2)));
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            jdbc.update(sql, Long.parseLong(change.number().substring(4)));
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "UNDO 1");
        assertThat(rollouts.steps(rollout).get(1).state()).isEqualTo(StepState.NOT_RUN);
        assertThat(rollouts.steps(rollout).get(1).detail()).startsWith("The tool was not called. ");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLED_BACK);
        assertThat(audited(rollout)).singleElement().asString().contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANCELED", "AUTHORIZE", "NEW"})
    void aChangeThatIsNotBeingImplementedAnyMoreRunsNothing(String state) {
        Change change = started(planned(deploySteps(2)));
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            jdbc.update("update change_request set state = ? where id = ?", state, idOf(change));
            return ConnectorAnswer.succeeded("done");
        });

        for (int rounds = 0; rounds < 6; rounds++) {
            driver.dispatchOnce();
        }

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "UNDO 1");
        assertThat(audited(rollout)).singleElement().asString().contains("NOT_IN_IMPLEMENTATION");
        forget(instanceOf(change.number()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "update rollout_plan set document = replace(document, '2.0', '6.6') where planned_for = ?",
                "update rollout_plan set process = 'SampleRollout' where planned_for = ?",
                "delete from rollout_plan where planned_for = ?",
                "update rollout_step set parameters = '{\"version\":\"6.6\"}' where rollout_id in"
                        + " (select id from rollout where change_number = ?)",
                "update rollout_step set target = 'elsewhere' where rollout_id in"
                        + " (select id from rollout where change_number = ?)",
            })
    void aPlanOrAStepThatWasAlteredIsNotRun(String sql) {
        Change change = started(planned(deploySteps(1)));
        String rollout = driver.opened(change.number());
        jdbc.update(sql, change.number());

        assertThat(driver.dispatchOnce()).isPositive();

        assertThat(tools.callsOf(rollout)).isEmpty();
        assertThat(audited(rollout)).singleElement().asString().contains("ALTERED");
    }

    @Test
    void aModelThatIsNotTheOneThatWasApprovedRunsNothing() throws IOException {
        Change change = submitted(planned(drawnByATeam()));
        String redrawn = Files.readString(Path.of("processes", "rollout", "SampleRollout.bpmn"))
                .replace(
                        "name=\"parameter.part\" value=\"configuration\"", "name=\"parameter.part\" value=\"workers\"");
        String deployment = deployed(redrawn);
        try {
            approved(change);
            String rollout = driver.opened(change.number());
            driver.settle(rollout);

            assertThat(tools.callsOf(rollout)).isEmpty();
            assertThat(rollouts.steps(rollout)).extracting(Step::state).containsExactly(StepState.NOT_RUN);
            assertThat(audited(rollout)).singleElement().asString().contains("ALTERED");
        } finally {
            InsideTheEngine.run(engine, () -> engine.getRepositoryService().deleteDeployment(deployment, true));
        }
    }

    @Test
    void aModelThatIsDeployedWhileItsRolloutRunsChangesNothing() throws IOException {
        Change change = started(planned(drawnByATeam()));
        String rollout = driver.opened(change.number());
        String redrawn = Files.readString(Path.of("processes", "rollout", "SampleRollout.bpmn"))
                .replace("name=\"parameter.part\" value=\"workers\"", "name=\"parameter.part\" value=\"application\"");
        String deployment = deployed(redrawn);
        try {
            driver.settle(rollout);

            assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "RUN 3");
        } finally {
            InsideTheEngine.run(engine, () -> engine.getRepositoryService().deleteDeployment(deployment, true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parameters = '{\"part\":\"workers\",\"version\":\"2.0\"}'",
                "target = 'elsewhere'",
                "connector = 'tool'",
                "undo_parameters = '{\"part\":\"workers\",\"version\":\"2.0\"}'"
            })
    void aStepOfAModelThatWasAlteredIsNotRun(String edit) {
        Change change = started(planned(drawnByATeam()));
        String rollout = driver.opened(change.number());
        jdbc.update(
                "update rollout_step set " + edit
                        + " where rollout_id in (select id from rollout where change_number = ?)",
                change.number());

        assertThat(driver.dispatchOnce()).isPositive();

        assertThat(tools.callsOf(rollout)).isEmpty();
        assertThat(audited(rollout)).singleElement().asString().contains("ALTERED");
    }

    @Test
    void whatAModelHasRunIsUndoneWhenItsPlanWasAltered() {
        Change change = started(planned(drawnByATeam()));
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            jdbc.update(
                    "update rollout_plan set document = replace(document, '2.0', '6.6') where planned_for = ?",
                    change.number());
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "UNDO 1");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLED_BACK);
    }

    private static RolloutPlan drawnByATeam() {
        return new RolloutPlan(
                "SampleRollout",
                List.of(),
                Map.of("version", "2.0"),
                List.of(),
                Duration.ZERO,
                OnFailedVerification.ROLL_BACK);
    }

    private String deployed(String model) {
        String[] id = new String[1];
        InsideTheEngine.run(
                engine,
                () -> id[0] = engine.getRepositoryService()
                        .createDeployment()
                        .addString("SampleRollout.bpmn", model)
                        .deploy()
                        .getId());
        return id[0];
    }

    @Test
    void aFreezeThatIsDeclaredMeanwhileStopsTheNextStep() {
        Change change = started(planned(deploySteps(2)));
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            MONA.runs(() ->
                    freezes.declare("Now", "Fire", Instant.now(), Instant.now().plusSeconds(3600), service, null));
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "UNDO 1");
        assertThat(audited(rollout)).singleElement().asString().contains("FROZEN");
    }

    @Test
    void aTemplateThatIsRetiredMeanwhileStopsTheNextStep() {
        String template = "template-of-" + service;
        templates.save(new ChangeTemplate(template, 0, "Restart", true, service, "dev", null));
        planning.writeForTemplate(template, deploySteps(2));
        Change change = RITA.does(() -> process.submit(
                REQUESTER,
                process.raiseStandard(
                                REQUESTER, template, ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1)))
                        .number()));
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            jdbc.update("update change_template set active = false where template_key = ?", template);
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "UNDO 1");
        assertThat(audited(rollout)).singleElement().asString().contains("NOT_APPROVED");
    }

    @Test
    void aCommandThatMayHaveBeenSentIsNotSentAgainButAskedAboutByAPerson() {
        Change change =
                started(planned(RolloutDriver.plan(RolloutDriver.step(Stage.DEPLOY_APPLICATION, "Web", "tool"))));
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            jdbc.update("update change_request set on_hold_because = 'wait' where id = ?", idOf(change));
            return ConnectorAnswer.ambiguous("Connection reset");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1");
        assertThat(rollouts.steps(rollout)).extracting(Step::state).containsExactly(StepState.UNKNOWN);
    }

    @Test
    void movingTheTokenOfAChangeThatIsNotApprovedToItsRolloutRunsNothing() {
        Change change = submitted(planned(deploySteps(1)));
        ProcessInstance instance = instanceOf(change.number());

        InsideTheEngine.run(engine, () -> {
            engine.getRuntimeService().setVariable(instance.getId(), "startOutcome", "STARTED");
            engine.getRuntimeService().setVariable(instance.getId(), "approvalNeeded", false);
            engine.getRuntimeService()
                    .createProcessInstanceModification(instance.getId())
                    .cancelAllForActivity("Activity_ReviewTechnically")
                    .startBeforeActivity("Activity_RunRollout")
                    .execute();
        });

        assertThatThrownBy(() -> driver.opened(change.number())).hasMessageContaining("cannot be rolled out");
        driver.dispatchOnce();
        assertThat(rollouts.latestOf(change.number())).isEmpty();
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.ASSESS);
        forget(instance);
    }

    @Test
    void movingTheTokenOfARunningRolloutBehindAStepThatWasStoppedRunsNothing() {
        Change change = started(planned(deploySteps(2)));
        String rollout = driver.opened(change.number());
        jdbc.update("delete from change_approval where change_id = ?", idOf(change));

        InsideTheEngine.run(engine, () -> {
            String instance = instanceOf(rollout).getId();
            engine.getRuntimeService().setVariable(instance, "changeNumber", change.number());
            engine.getRuntimeService().setVariable(instance, "approved", true);
            engine.getRuntimeService()
                    .createProcessInstanceModification(instance)
                    .cancelAllForActivity("Activity_DeployApplication")
                    .startBeforeActivity("Gateway_DatabaseMigrated")
                    .execute();
        });
        for (int rounds = 0; rounds < 3; rounds++) {
            // The end of the first step finds no token to let go on.
            Throwable ignored = catchThrowable(() -> driver.dispatchOnce());
            jdbc.update("update rollout_command set due_at = timestampadd(second, -1, localtimestamp(6))"
                    + " where state = 'SENDING'");
        }

        assertThat(tools.callsOf(rollout)).isEmpty();
        forget(instanceOf(change.number()));
    }

    /** Other tests run all jobs there are. */
    private void forget(ProcessInstance instance) {
        InsideTheEngine.run(
                engine, () -> engine.getRuntimeService().deleteProcessInstance(instance.getId(), "the test is over"));
    }

    private Change planned(RolloutPlan plan) {
        Change change = process.raise(
                REQUESTER,
                ChangeFixture.content(service, "dev", ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1))));
        planning.write(change, plan);
        return change;
    }

    private Change submitted(Change change) {
        return RITA.does(() -> process.submit(REQUESTER, change.number()));
    }

    private Change started(Change change) {
        submitted(change);
        return approved(change);
    }

    private Change approved(Change change) {
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound")));
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.IMPLEMENT);
        return change;
    }

    private ProcessInstance instanceOf(String number) {
        return engine.getRuntimeService()
                .createProcessInstanceQuery()
                .processInstanceBusinessKey(number)
                .singleResult();
    }

    private List<String> audited(String rollout) {
        return jdbc.queryForList(
                "select payload from audit_entry where object = ? and action = 'rollout.CommandStopped'",
                String.class,
                rollout);
    }

    private static long idOf(Change change) {
        return Long.parseLong(change.number().substring(4));
    }
}
