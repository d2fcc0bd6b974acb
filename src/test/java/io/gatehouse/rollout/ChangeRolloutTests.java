package io.gatehouse.rollout;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.ChangeTemplates;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes that are implemented by a rollout: what the change takes over from it, and who says how it runs. */
@OnH2
@RolloutTest
class ChangeRolloutTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    Resolutions resolutions;

    @Autowired
    Aborts aborts;

    @Autowired
    ChangeProcess process;

    @Autowired
    ChangeTemplates templates;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);
    private final String template = "template-of-" + service;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
    }

    @Test
    void aNormalChangeIsClosedWhenItsRolloutIsAccepted() {
        Change change = planned(RolloutDriver.deploySteps(2));

        String rollout = rolledOut(change);
        driver.fireTimer(rollout);

        assertThat(reload(change).state()).isEqualTo(ChangeState.CLOSED);
        assertThat(reload(change).closeCode()).isEqualTo(CloseCode.SUCCESSFUL);
        assertThat(reload(change).rolledBack()).isFalse();
    }

    @Test
    void aNormalChangeIsReviewedAsUnsuccessfulWhenItsRolloutWasRolledBack() {
        Change change = planned(RolloutDriver.deploySteps(2));
        started(change);
        String rollout = driver.opened(change.number());
        tools.answer(rollout, 2, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        driver.settle(rollout);

        assertThat(reload(change).state()).isEqualTo(ChangeState.REVIEW);
        assertThat(reload(change).closeCode()).isEqualTo(CloseCode.UNSUCCESSFUL);
        assertThat(reload(change).rolledBack()).isTrue();
        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "UNDO 2", "UNDO 1");
    }

    @Test
    void aNormalChangeIsReviewedWhenItsRolloutCouldNotBeUndoneInFull() {
        Change change = planned(RolloutDriver.deploySteps(1));
        started(change);
        String rollout = driver.opened(change.number());
        tools.answer(rollout, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));
        tools.answer(rollout, 1, CommandKind.UNDO, ConnectorAnswer.failed("Disk full"));
        driver.settle(rollout);

        ROLF.runs(() -> resolutions.resolve(rollout, 1, ResolutionAction.SKIP, "The disk is replaced tomorrow"));
        driver.settle(rollout);

        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ROLLBACK_INCOMPLETE);
        assertThat(reload(change).state()).isEqualTo(ChangeState.REVIEW);
        assertThat(reload(change).closeCode()).isEqualTo(CloseCode.UNSUCCESSFUL);
    }

    @Test
    void aNormalChangeIsReviewedAsUnsuccessfulWhenItsRolloutWasAbortedAndKept() {
        Change change = planned(RolloutDriver.deploySteps(2));
        started(change);
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            ROLF.runs(() -> aborts.abort(rollout, "Wrong version"));
            return ConnectorAnswer.succeeded("done");
        });
        driver.settle(rollout);
        assertThat(reload(change).state()).isEqualTo(ChangeState.IMPLEMENT);

        ROLF.runs(() -> aborts.keep(rollout, "The rest comes on Monday"));
        driver.settle(rollout);

        assertThat(reload(change).state()).isEqualTo(ChangeState.REVIEW);
        assertThat(reload(change).closeCode()).isEqualTo(CloseCode.UNSUCCESSFUL);
        assertThat(reload(change).rolledBack()).isFalse();
    }

    @Test
    void aChangeIsNotCanceledWhileItsRolloutIsAtWork() {
        Change change = planned(RolloutDriver.deploySteps(2));
        started(change);

        assertThatThrownBy(() -> process.cancel(REQUESTER, change.number()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("Roll it back instead");
    }

    @Test
    void aStandardChangeRunsThePlanOfItsTemplate() {
        template(RolloutDriver.deploySteps(3));

        Change change = standard();
        String rollout = driver.opened(change.number());
        driver.settle(rollout);
        driver.fireTimer(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2", "RUN 3");
        assertThat(reload(change).state()).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void aStandardChangeThatWasRolledBackIsReviewed() {
        template(RolloutDriver.deploySteps(1));
        Change change = standard();
        String rollout = driver.opened(change.number());
        tools.answer(rollout, 1, CommandKind.RUN, ConnectorAnswer.failed("Exit code 2"));

        driver.settle(rollout);
        MONA.runs(() -> tasks.submit(
                change.number(), "ReviewChange", null, Map.of("closeCode", "UNSUCCESSFUL", "lessons", "try first")));

        assertThat(reload(change).state()).isEqualTo(ChangeState.CLOSED);
        assertThat(reload(change).rolledBack()).isTrue();
    }

    @Test
    void aRequesterCannotReplaceThePlanThatAuthorisesAStandardChange() {
        template(RolloutDriver.deploySteps(1));
        Change draft = process.raiseStandard(REQUESTER, template, openNow());

        assertThatThrownBy(() -> transaction.execute(status -> planning.lockForPlanning(draft.number())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("authorised by its template");
    }

    @Test
    void aLaterPlanOfTheTemplateDoesNotReachAChangeThatWasRaisedBefore() {
        template(RolloutDriver.deploySteps(1));
        Change draft = process.raiseStandard(REQUESTER, template, openNow());

        planning.writeForTemplate(template, RolloutDriver.deploySteps(4));

        assertThat(planning.find(draft.number()).plan().steps()).hasSize(1);
    }

    private Change planned(RolloutPlan plan) {
        Change change = process.raise(REQUESTER, ChangeFixture.content(service, "dev", openNow()));
        planning.write(change, plan);
        return change;
    }

    private void started(Change change) {
        RITA.runs(() -> process.submit(REQUESTER, change.number()));
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound")));
        assertThat(reload(change).state()).isEqualTo(ChangeState.IMPLEMENT);
    }

    private String rolledOut(Change change) {
        started(change);
        String rollout = driver.opened(change.number());
        driver.settle(rollout);
        return rollout;
    }

    private void template(RolloutPlan plan) {
        templates.save(new ChangeTemplate(template, 0, "Restart", true, service, "dev", null));
        planning.writeForTemplate(template, plan);
    }

    private Change standard() {
        return RITA.does(() -> process.submit(
                REQUESTER, process.raiseStandard(REQUESTER, template, openNow()).number()));
    }

    private Change reload(Change change) {
        return changes.find(change.number());
    }

    private static Window openNow() {
        return ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1));
    }
}
