package io.gatehouse.rollout;

import static io.gatehouse.testing.SignedIn.CHRIS;
import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static io.gatehouse.testing.SignedIn.SASHA;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.CloseCode;
import io.gatehouse.change.Emergency;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Emergency changes that are made by a rollout, which is at work while it is decided whether it was right to be. */
@OnH2
@RolloutTest
class EmergencyRolloutTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    RolloutDriver driver;

    @Autowired
    ScriptedTools tools;

    @Autowired
    RolloutPlanning planning;

    @Autowired
    Aborts aborts;

    @Autowired
    ChangeProcess process;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    ManagementService jobs;

    @Autowired
    JdbcTemplate jdbc;

    private final String service = "service-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        jdbc.update(
                "insert into service (service_key, name, tier, owner_group, version) values (?, ?, 3, 'team', 1)",
                service,
                service);
    }

    @Test
    void isRolledOutOnceTwoSeatsAgree() {
        jdbc.update("update service set tier = 1 where service_key = ?", service);
        Change change = submitted();
        decide(change, "ApproveChange", SASHA, "security-officer", "APPROVE");
        decide(change, "ApproveChange", CHRIS, "cab-chair", "APPROVE");

        String rollout = driver.opened(change.number());
        driver.settle(rollout);
        driver.fireTimer(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2");
        assertThat(reload(change).state()).isEqualTo(ChangeState.REVIEW);
        assertThat(reload(change).closeCode()).isEqualTo(CloseCode.SUCCESSFUL);
    }

    @Test
    void isRolledOutWhileItsSeatsAreAsked() {
        Change change = submitted();
        String rollout = driver.opened(change.number());

        driver.settle(rollout);
        driver.fireTimer(rollout);
        afterwards(change, SASHA, "security-officer", "APPROVE");
        afterwards(change, CHRIS, "cab-chair", "APPROVE");
        MONA.runs(() -> tasks.submit(
                change.number(), "ReviewChange", null, Map.of("closeCode", "SUCCESSFUL", "lessons", "none")));

        assertThat(tools.history(rollout)).containsExactly("RUN 1", "RUN 2");
        assertThat(reload(change).state()).isEqualTo(ChangeState.CLOSED);
    }

    @Test
    void beginsNoFurtherStepOnceASeatHasRejectedIt() {
        Change change = submitted();
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            afterwards(change, OSKAR, "ops-lead", "REJECT");
            return ConnectorAnswer.succeeded("done");
        });

        driver.dispatchOnce();
        driver.dispatchOnce();

        assertThat(tools.history(rollout)).containsExactly("RUN 1");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ABORTING);
        assertThat(reload(change).state()).isEqualTo(ChangeState.IMPLEMENT);
        driver.settle(rollout);
        ROLF.runs(() -> aborts.keep(rollout, "It holds for now"));
        driver.settle(rollout);
        assertThat(reload(change).state()).isEqualTo(ChangeState.REVIEW);
        assertThat(reload(change).closeCode()).isEqualTo(CloseCode.UNSUCCESSFUL);
        assertThat(emergency(change).unauthorisedBecause()).isEqualTo(Emergency.Unauthorised.REJECTED);
    }

    @Test
    void abortsTheRolloutThatIsUnderWayOnceASeatHasRejectedIt() {
        Change change = submitted();
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            afterwards(change, OSKAR, "ops-lead", "REJECT");
            stopRollout(change);
            assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ABORTING);
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1");
        assertThat(jdbc.queryForList(
                        "select action from audit_entry where object = ? and action like 'rollout.Abort%'",
                        String.class, rollout))
                .containsExactly("rollout.Aborted");
    }

    @Test
    void beginsNoFurtherStepOnceTheLimitIsOverHoweverLateItsTimerIs() {
        Change change = submitted();
        String rollout = driver.opened(change.number());
        tools.during(rollout, 1, CommandKind.RUN, call -> {
            jdbc.update(
                    "update change_emergency set approve_by = ? where id = ?",
                    LocalDateTime.ofInstant(Instant.now().minusSeconds(1), ZoneOffset.UTC),
                    emergency(change).id());
            return ConnectorAnswer.succeeded("done");
        });

        driver.settle(rollout);

        assertThat(tools.history(rollout)).containsExactly("RUN 1");
        assertThat(driver.stateOf(rollout)).isEqualTo(RolloutState.ABORTING);
    }

    private Change submitted() {
        return RITA.does(() -> {
            Change change = process.raiseEmergency(
                    REQUESTER,
                    ChangeFixture.content(
                            service, "production", ChangeFixture.windowIn(Instant.now(), Duration.ofMinutes(-1))));
            planning.write(change, RolloutDriver.deploySteps(2));
            return process.submit(REQUESTER, change.number());
        });
    }

    private void afterwards(Change change, SignedIn who, String seat, String decision) {
        decide(change, "ApproveAfterwards", who, seat, decision);
    }

    private void decide(Change change, String task, SignedIn who, String seat, String decision) {
        who.runs(() -> tasks.submit(change.number(), task, seat, Map.of("decision", decision, "reason", "looked")));
    }

    private void stopRollout(Change change) {
        List<Job> found =
                runtime.createProcessInstanceQuery().processInstanceBusinessKey(change.number()).list().stream()
                        .flatMap(instance -> jobs
                                .createJobQuery()
                                .processInstanceId(instance.getId())
                                .activityId("Activity_StopRollout")
                                .list()
                                .stream())
                        .toList();
        assertThat(found).hasSize(1);
        jobs.executeJob(found.get(0).getId());
    }

    private Change reload(Change change) {
        return changes.find(change.number());
    }

    private Emergency emergency(Change change) {
        return Objects.requireNonNull(reload(change).emergency());
    }
}
