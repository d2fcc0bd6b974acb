package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.deploySteps;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.breakglass.BreakGlassDriver;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Break-glass moves tokens and edits variables, and yet no tool runs what nobody approved. */
@OnH2
@RolloutTest
class BreakGlassRunsNothingTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    ApplicationContext context;

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
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    ProcessEngine engine;

    @Autowired
    JdbcTemplate jdbc;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);
    private BreakGlassDriver breakGlass;

    @BeforeEach
    void catalog() {
        breakGlass = new BreakGlassDriver(context);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 4, 'team', 1)",
                service,
                service);
    }

    @Test
    void aTokenThatIsMovedPastTheApprovalsToTheRolloutRunsNothing() {
        Change change = submitted();

        move(change.number(), "Activity_ReviewTechnically", "Activity_RunRollout");

        assertThatThrownBy(() -> driver.opened(change.number())).hasMessageContaining("cannot be rolled out");
        driver.dispatchOnce();
        assertThat(rollouts.latestOf(change.number())).isEmpty();
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.ASSESS);
        forget(change);
    }

    @Test
    void aTokenThatIsMovedPastTheApprovalsApprovesNothing() {
        Change change = submitted();

        // It comes to the gateway before the rollout, which asks our tables, and back to the requester.
        move(change.number(), "Activity_ReviewTechnically", "Gateway_ReadyToImplement");

        assertThat(breakGlass.waitsAt(change.number())).containsExactly("Activity_ReviseChange");
        assertThat(changes.find(change.number()).state()).isNotEqualTo(ChangeState.IMPLEMENT);
        driver.dispatchOnce();
        assertThat(rollouts.latestOf(change.number())).isEmpty();
        forget(change);
    }

    @Test
    void theLastLookStopsAMovedTokenEvenWhereTheChangeWasWrittenToBeInImplementation() {
        Change change = submitted();
        move(change.number(), "Activity_ReviewTechnically", "Activity_RunRollout");
        jdbc.update("update change_request set state = 'IMPLEMENT' where id = ?", idOf(change));
        String rollout = driver.opened(change.number());

        assertThat(driver.dispatchOnce()).isPositive();

        assertThat(tools.callsOf(rollout)).isEmpty();
        assertThat(rollouts.steps(rollout)).extracting(Step::state).containsExactly(StepState.NOT_RUN);
        assertThat(jdbc.queryForList(
                        "select payload from audit_entry where object = ? and action = 'rollout.CommandStopped'",
                        String.class,
                        rollout))
                .singleElement()
                .asString()
                .contains("NOT_APPROVED");
        forget(change);
    }

    @ParameterizedTest
    @CsvSource({
        "Activity_DeployApplication,Activity_Verify",
        "Activity_DeployApplication,Gateway_ApplicationDeployed",
        "Activity_DeployApplication,Gateway_DatabaseMigrated",
        "Activity_DeployApplication,Activity_AcceptRollout",
    })
    void noTokenOfARolloutIsMoved(String from, String to) {
        Change change = started();
        String rollout = driver.opened(change.number());
        Repair repair = new Repair(Repair.Kind.MOVE_TOKEN, from, to, null, null);
        String number = breakGlass.granted(rollout, repair);

        assertThatThrownBy(() -> breakGlass.use(OSKAR, number, repair))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("ledger");

        assertThat(breakGlass.waitsAt(rollout)).containsOnly(from);
        assertThat(tools.callsOf(rollout)).isEmpty();
        forget(change);
    }

    @Test
    void aFailedJobOfARolloutThatHasNoNumberYetIsItsChanges() {
        Change change = started();
        jdbc.update("update change_request set state = 'BROKEN' where id = ?", idOf(change));
        for (int tries = 0; tries < 10; tries++) {
            try {
                driver.opened(change.number());
            } catch (RuntimeException e) {
                // until no retries are left
            }
        }
        jdbc.update("update change_request set state = 'IMPLEMENT' where id = ?", idOf(change));
        Repair repair = new Repair(Repair.Kind.SET_RETRIES, "Activity_OpenRollout", null, null, null);

        breakGlass.use(OSKAR, breakGlass.granted(change.number(), repair), repair);

        driver.settle(driver.opened(change.number()));
        assertThat(rollouts.latestOf(change.number()))
                .hasValueSatisfying(
                        rollout -> assertThat(tools.history(rollout.number())).containsExactly("RUN 1"));
        forget(change);
    }

    private void move(String number, String from, String to) {
        Repair repair = new Repair(Repair.Kind.MOVE_TOKEN, from, to, null, null);
        breakGlass.use(OSKAR, breakGlass.granted(number, repair), repair);
    }

    private static long idOf(Change change) {
        return Long.parseLong(change.number().substring(4));
    }

    /** Other tests run all jobs there are. */
    private void forget(Change change) {
        InsideTheEngine.run(engine, () -> engine.getRuntimeService()
                .deleteProcessInstance(breakGlass.instance(change.number()).getId(), "the test is over"));
    }

    private Change submitted() {
        Change change = process.raise(
                REQUESTER,
                ChangeFixture.content(service, "dev", ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1))));
        planning.write(change, deploySteps(1));
        return RITA.does(() -> process.submit(REQUESTER, change.number()));
    }

    private Change started() {
        Change change = submitted();
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "sound")));
        assertThat(changes.find(change.number()).state()).isEqualTo(ChangeState.IMPLEMENT);
        return change;
    }
}
