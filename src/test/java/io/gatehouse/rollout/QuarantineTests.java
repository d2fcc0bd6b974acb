package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import io.gatehouse.crash.Checker;
import io.gatehouse.crash.HistoryReader;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.testing.OnH2;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database that is older than what tools have done. */
@OnH2
@RolloutTest
class QuarantineTests {

    @Autowired
    private QuarantineAtStart atStart;

    @Autowired
    private Quarantines quarantines;

    @Autowired
    private QuarantineRows rows;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private JournaledTools tools;

    @Autowired
    private Pauses pauses;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private RolloutRows rolloutRows;

    @Autowired
    private CommandRows commands;

    @Autowired
    private StepRows steps;

    @Autowired
    private Ledger ledger;

    @Autowired
    private RolloutAudit audit;

    @Autowired
    private Contention contention;

    @Autowired
    private MeterRegistry metrics;

    @Autowired
    private JdbcClient jdbc;

    private final String name = "restored-" + UUID.randomUUID();

    private HistoryReader reader;

    @BeforeEach
    void letTheRestRest() {
        jdbc.sql("update rollout_command set due_at = timestampadd(day, 1, localtimestamp(6))")
                .update();
        reader = HistoryReader.ofRollouts(jdbc);
    }

    @AfterEach
    void release() {
        if (rows.anyInForce()) {
            ROLF.runs(() -> quarantines.release("The test is over"));
        }
    }

    @Test
    void tellsNoToolAnythingUntilItIsReleasedAndTheRolloutResumed() {
        String recognises = start(AfterCrash.DEDUPLICATES);
        String canBeAsked = start(AfterCrash.QUERYABLE);
        String neither = start(AfterCrash.NEITHER);
        begin(recognises, canBeAsked, neither);

        List.of(recognises, canBeAsked, neither).forEach(driver::settle);

        assertThat(requests(recognises) + requests(canBeAsked) + requests(neither))
                .isZero();
        assertThat(state(recognises, 1)).isEqualTo(StepState.RUNNING);
        assertThat(state(canBeAsked, 1)).as("never told").isEqualTo(StepState.HELD);
        assertThat(state(neither, 1)).as("a person decides").isEqualTo(StepState.UNKNOWN);
        assertThat(quarantines.liveRollouts()).contains(recognises, canBeAsked, neither);

        ROLF.runs(() -> quarantines.release("Looked at all three"));
        List.of(recognises, canBeAsked, neither).forEach(driver::settle);

        assertThat(requests(recognises)).as("the same key again").isOne();
        assertThat(requests(canBeAsked)).as("paused until somebody resumes it").isZero();
        assertThat(state(recognises, 2)).isEqualTo(StepState.HELD);

        ROLF.runs(() -> pauses.resume(canBeAsked, "It has not run"));
        driver.settle(canBeAsked);
        assertThat(requests(canBeAsked)).isEqualTo(2);
        assertThat(requests(neither)).isZero();
        assertThat(Checker.breaches(reader.read(tools.journal(), JournaledTools.afterCrash(), Set.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void takesOverWhatAToolThatCanBeAskedHasDoneSince() {
        String number = start(AfterCrash.QUERYABLE);
        Command command = commands.list(RolloutNumber.idOf(number), 1).get(0);
        tools.hasDone(command);
        begin(number);

        driver.settle(number);

        assertThat(state(number, 1)).isEqualTo(StepState.DONE);
        assertThat(state(number, 2)).as("of which the key is lost").isEqualTo(StepState.HELD);
        assertThat(tools.requests(number, 1, CommandKind.RUN)).hasSize(1);
    }

    @Test
    void doubtsWhatAPauseHeldBackInTheBackup() {
        String number = start(AfterCrash.NEITHER);
        ROLF.runs(() -> pauses.pause(number, "Wait"));
        begin(number);

        driver.settle(number);

        assertThat(state(number, 1)).isEqualTo(StepState.UNKNOWN);
        assertThat(rollouts.find(number).pause()).isNotNull().satisfies(pause -> assertThat(pause.because())
                .isEqualTo("Wait"));
    }

    @Test
    void isBegunOnceByNodesThatStartTogetherAndNotAgainOnceReleased() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(3);
        try {
            List<? extends Future<?>> starts = Stream.generate(
                            () -> nodes.submit(() -> node(name).afterSingletonsInstantiated()))
                    .limit(3)
                    .toList();
            for (Future<?> start : starts) {
                start.get();
            }
        } finally {
            nodes.shutdownNow();
        }
        assertThat(quarantines.inForce()).extracting(Quarantine::name).containsExactly(name);
        assertThat(metrics.get("gatehouse.rollout.quarantines").gauge().value()).isEqualTo(1);
        release();

        node(name).afterSingletonsInstantiated();

        assertThat(quarantines.inForce()).isEmpty();
        assertThat(jdbc.sql("select action from audit_entry where object = ? order by n")
                        .param("quarantine-" + name)
                        .query(String.class)
                        .list())
                .containsExactly("rollout.QuarantineBegun", "rollout.QuarantineReleased");
    }

    @Test
    void isNotBegunByANodeThatNamesNone() {
        node(null).afterSingletonsInstantiated();
        node(" ").afterSingletonsInstantiated();

        assertThat(quarantines.inForce()).isEmpty();
    }

    @Test
    void isReleasedByNobodyButReleaseManagers() {
        atStart.begin(name);

        assertThatThrownBy(() -> RITA.runs(() -> quarantines.release("Let me"))).isInstanceOf(ProblemException.class);

        assertThat(quarantines.inForce()).hasSize(1);
    }

    @Test
    void cannotBeReleasedIfThereIsNone() {
        assertThatThrownBy(() -> ROLF.runs(() -> quarantines.release("For fun")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no quarantine");
    }

    @Test
    void hasANameThatCanBeToldInOneWord() {
        assertThatThrownBy(() -> node("last night's")).hasMessageContaining("gatehouse.rollout.quarantine");
    }

    private String start(AfterCrash tool) {
        return driver.start(plan(
                step(Stage.DEPLOY_APPLICATION, "First", JournaledTools.name(tool)),
                step(Stage.DEPLOY_APPLICATION, "Second", JournaledTools.name(tool))));
    }

    /** Of other tests' rollouts nothing is due. */
    private void begin(String... numbers) {
        atStart.begin(name);
        jdbc.sql(
                        """
                update rollout_command set due_at = timestampadd(day, 1, localtimestamp(6))
                where rollout_id not in (:ids)""")
                .param("ids", Stream.of(numbers).map(RolloutNumber::idOf).toList())
                .update();
    }

    private QuarantineAtStart node(String quarantine) {
        RolloutProperties settings = new RolloutProperties(
                false,
                1,
                Duration.ofMinutes(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                5,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                quarantine,
                Duration.ofDays(1),
                Duration.ofDays(1));
        return new QuarantineAtStart(rows, rolloutRows, commands, steps, ledger, audit, settings, contention);
    }

    private StepState state(String number, int seq) {
        return rollouts.steps(number).get(seq - 1).state();
    }

    private long requests(String number) {
        return tools.journal().stream()
                .filter(request -> request.move().rollout().equals(number))
                .count();
    }
}
