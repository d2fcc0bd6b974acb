package io.gatehouse.rollout;

import static io.gatehouse.rollout.RolloutDriver.plan;
import static io.gatehouse.rollout.RolloutDriver.step;
import static io.gatehouse.testing.SignedIn.ROLF;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.crash.Checker;
import io.gatehouse.crash.HistoryReader;
import io.gatehouse.rollout.MortalNode.Moment;
import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.testing.OnH2;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node dies at one point of a step or of its undo, with a tool of one kind, and another node goes on: the table of
 * docs/rollout-guarantees.md, cell by cell. What the tool was told is known by its own journal.
 */
@OnH2
@RolloutTest
class CrashPointTests {

    /** Where the node dies. */
    enum Point {
        BEFORE_THE_COMMAND_IS_COMMITTED,
        BEFORE_THE_LEASE,
        BEFORE_THE_CALL,
        DURING_THE_CALL,
        BEFORE_THE_ANSWER_ARRIVES,
        BEFORE_THE_ANSWER_IS_COMMITTED,
        AFTER_THE_ANSWER_IS_COMMITTED
    }

    /** @param requests how often the tool has been told when the other node has done all it can */
    private record Outcome(boolean settled, int requests) {}

    private static final String COMMAND = "insert into rollout_command";
    private static final String LEASE = "lease_owner = ?";
    private static final String ANSWER = "lease_owner = null";

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private MortalNode mortal;

    @Autowired
    private JournaledTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Resolutions resolutions;

    @Autowired
    private RollbackChain rollbacks;

    @Autowired
    private CallbackInbox inbox;

    @Autowired
    private StopDispatcher stops;

    @Autowired
    private CommandRows commands;

    @Autowired
    private StepRows steps;

    @Autowired
    private LogRows logs;

    @Autowired
    private Connectors connectors;

    @Autowired
    private LastLook lastLook;

    @Autowired
    private AnswerRecorder recorder;

    @Autowired
    private QuarantineRows quarantines;

    @Autowired
    private RolloutProperties properties;

    @Autowired
    private Contention contention;

    @Autowired
    private JdbcClient jdbc;

    private HistoryReader reader;

    @BeforeEach
    void letTheRestRest() {
        jdbc.sql("update rollout_command set due_at = timestampadd(day, 1, localtimestamp(6))")
                .update();
        reader = HistoryReader.ofRollouts(jdbc);
    }

    @AfterEach
    void forgetFates() {
        mortal.replace();
        tools.forgetFates();
    }

    static Stream<Arguments> cells() {
        return Arrays.stream(Point.values())
                .flatMap(point -> Arrays.stream(AfterCrash.values()).map(tool -> Arguments.of(point, tool)));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anotherNodeGoesOnWithTheStep(Point point, AfterCrash tool) {
        doomBeforeTheCall(point);
        tools.befall(1, CommandKind.RUN, new End(point));
        String number = startAndDie(tool, 2);

        letAnotherNodeGoOn(number);

        Outcome outcome = outcome(point, tool);
        assertThat(tools.requests(number, 1, CommandKind.RUN)).hasSize(outcome.requests());
        assertThat(state(number, 1)).isEqualTo(outcome.settled() ? StepState.DONE : StepState.UNKNOWN);
        letAPersonLook(number, 1, CommandKind.RUN, outcome);
        assertThat(rollouts.steps(number)).extracting(Step::state).containsExactly(StepState.DONE, StepState.DONE);
        nothingIsBroken();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anotherNodeGoesOnWithTheUndo(Point point, AfterCrash tool) {
        tools.befall(3, CommandKind.RUN, new JournaledTools.Fate() {
            @Override
            public ConnectorAnswer done(ConnectorCall call) {
                doomBeforeTheCall(point);
                return ConnectorAnswer.refused("No such version");
            }
        });
        tools.befall(2, CommandKind.UNDO, new End(point));
        String number = startAndDie(tool, 3);

        letAnotherNodeGoOn(number);

        Outcome outcome = outcome(point, tool);
        assertThat(tools.requests(number, 2, CommandKind.UNDO)).hasSize(outcome.requests());
        assertThat(state(number, 2)).isEqualTo(outcome.settled() ? StepState.UNDONE : StepState.UNDO_FAILED);
        letAPersonLook(number, 2, CommandKind.UNDO, outcome);
        assertThat(rollouts.steps(number))
                .extracting(Step::state)
                .containsExactly(StepState.UNDONE, StepState.UNDONE, StepState.NOT_RUN);
        assertThat(driver.stateOf(number)).isEqualTo(RolloutState.ROLLED_BACK);
        nothingIsBroken();
    }

    /** The table of the document. */
    private static Outcome outcome(Point point, AfterCrash tool) {
        return switch (point) {
            case BEFORE_THE_COMMAND_IS_COMMITTED, BEFORE_THE_LEASE, AFTER_THE_ANSWER_IS_COMMITTED -> new Outcome(
                    true, 1);
            case BEFORE_THE_CALL -> tool == AfterCrash.NEITHER ? new Outcome(false, 0) : new Outcome(true, 1);
            case DURING_THE_CALL, BEFORE_THE_ANSWER_ARRIVES, BEFORE_THE_ANSWER_IS_COMMITTED -> switch (tool) {
                case DEDUPLICATES -> new Outcome(true, 2);
                case QUERYABLE -> new Outcome(true, 1);
                case NEITHER -> new Outcome(false, 1);
            };
        };
    }

    private void doomBeforeTheCall(Point point) {
        switch (point) {
            case BEFORE_THE_COMMAND_IS_COMMITTED -> mortal.dieAt(Moment.BEFORE_COMMIT, COMMAND);
            case BEFORE_THE_LEASE -> mortal.dieAt(Moment.AFTER_COMMIT, COMMAND);
            case BEFORE_THE_CALL -> mortal.dieAt(Moment.AFTER_COMMIT, LEASE);
            default -> {
                // Dies when the tool has been called.
            }
        }
    }

    private final class End implements JournaledTools.Fate {

        private final Point point;

        End(Point point) {
            this.point = point;
        }

        @Override
        public void taken(ConnectorCall call) {
            if (point == Point.DURING_THE_CALL) {
                throw mortal.die();
            }
        }

        @Override
        public ConnectorAnswer done(ConnectorCall call) {
            switch (point) {
                case BEFORE_THE_ANSWER_ARRIVES -> throw mortal.die();
                case BEFORE_THE_ANSWER_IS_COMMITTED -> mortal.dieAt(Moment.BEFORE_COMMIT, ANSWER);
                case AFTER_THE_ANSWER_IS_COMMITTED -> mortal.dieAt(Moment.AFTER_COMMIT, ANSWER);
                default -> {
                    // Died before.
                }
            }
            return ConnectorAnswer.succeeded("as told");
        }
    }

    /** @return the rollout that another node finds */
    private String startAndDie(AfterCrash tool, int count) {
        String change = driver.changeInImplementation("rita");
        try {
            driver.settle(driver.start(
                    change,
                    plan(IntStream.rangeClosed(1, count)
                            .mapToObj(i -> step(Stage.DEPLOY_APPLICATION, "Part " + i, JournaledTools.name(tool))))));
        } catch (MortalNode.Death | RuntimeException end) {
            // Whatever its caller makes of it.
        }
        assertThat(mortal.replace()).as("The node has died").isTrue();
        tools.forgetFates();
        return driver.opened(change);
    }

    /** After the lease of the one that died. */
    private void letAnotherNodeGoOn(String number) {
        jdbc.sql("update rollout_command set due_at = localtimestamp(6) where rollout_id = :id and state = 'SENDING'")
                .param("id", RolloutNumber.idOf(number))
                .update();
        Dispatcher other = new Dispatcher(
                commands, steps, logs, connectors, lastLook, recorder, quarantines, properties, contention);
        driver.settle(number, new DispatchRound(rollbacks, inbox, other, stops));
    }

    private void letAPersonLook(String number, int seq, CommandKind kind, Outcome outcome) {
        if (!outcome.settled()) {
            tools.finishWork();
            ResolutionAction action =
                    tools.executed(number, seq, kind) ? ResolutionAction.DONE_BY_HAND : ResolutionAction.RETRY;
            ROLF.runs(() -> resolutions.resolve(number, seq, action, "Looked at the target"));
            driver.settle(number);
        }
    }

    private StepState state(String number, int seq) {
        return rollouts.steps(number).get(seq - 1).state();
    }

    private void nothingIsBroken() {
        assertThat(Checker.breaches(reader.read(tools.journal(), JournaledTools.afterCrash(), Set.of(), Map.of())))
                .isEmpty();
    }
}
