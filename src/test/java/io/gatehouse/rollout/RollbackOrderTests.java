package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.CommandKind;
import io.gatehouse.rollout.connector.ConnectorAnswer;
import io.gatehouse.rollout.connector.ConnectorCall;
import io.gatehouse.testing.OnMySql;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A hundred rollouts of 2 to 10 steps that go wrong in every way at every place, while four dispatchers race and the
 * engine's clock stands still or jumps. What the tools saw, and not our own tables, says whether each was undone in
 * exact reverse, nothing twice, and nothing that did not run. {@code -Plong} plays five hundred new ones,
 * {@code -Dgatehouse.seed} the same ones again.
 */
@OnMySql
@RolloutTest
class RollbackOrderTests {

    private static final boolean LONG = Boolean.getBoolean("gatehouse.long");
    private static final long SEED = Long.getLong("gatehouse.seed", LONG ? System.nanoTime() : 20260502);
    private static final int ROLLOUTS = LONG ? 500 : 100;
    private static final int AT_ONCE = 50;
    private static final int MOST_ROUNDS = 200;
    private static final int NODES = 4;

    /** What a tool really did. */
    private record Effect(String rollout, CommandKind kind, int seq) {}

    private final Random random = new Random(SEED);
    private final Queue<Effect> effects = new ConcurrentLinkedQueue<>();
    private final ExecutorService nodes = Executors.newFixedThreadPool(NODES);

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private ScriptedTools tools;

    @Autowired
    private Rollouts rollouts;

    @Autowired
    private Rollbacks rollbacks;

    @Autowired
    private Resolutions resolutions;

    @AfterEach
    void putTheClockBack() {
        ClockUtil.reset();
        nodes.shutdownNow();
        SecurityContextHolder.clearContext();
    }

    @Test
    void isTheExactReverseOfWhatRan() throws Exception {
        System.out.printf("%d rollouts, -Dgatehouse.seed=%d%n", ROLLOUTS, SEED);
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(
                        "rolf", null, AuthorityUtils.createAuthorityList("ROLE_release-manager")));
        for (int done = 0; done < ROLLOUTS; done += AT_ONCE) {
            List<String> batch =
                    IntStream.range(0, AT_ONCE).mapToObj(i -> start()).toList();
            playToTheEnd(batch);
            batch.forEach(this::wasUndoneInExactReverse);
        }
        assertThat(effects).hasSizeGreaterThan(6 * ROLLOUTS);
    }

    private String start() {
        int count = 2 + random.nextInt(9);
        List<PlannedStep> steps = IntStream.range(0, count)
                .mapToObj(i -> anyStep())
                .sorted(Comparator.comparing(PlannedStep::stage))
                .toList();
        String number = driver.start(RolloutDriver.plan(steps.stream()));
        int failing = random.nextInt(count + 1);
        for (int seq = 1; seq <= count; seq++) {
            scriptRun(number, seq, seq == failing);
            scriptUndo(number, seq);
        }
        return number;
    }

    private PlannedStep anyStep() {
        Stage stage = Stage.values()[random.nextInt(Stage.values().length)];
        if (stage.changesSomething() && random.nextInt(8) == 0) {
            return RolloutDriver.irreversible(stage, "Step");
        }
        return RolloutDriver.step(
                stage, "Step", List.of("tool", "asked", "blind").get(random.nextInt(3)));
    }

    private void scriptRun(String number, int seq, boolean fails) {
        switch (fails ? random.nextInt(4) : 4) {
            case 0 -> tools.during(number, seq, CommandKind.RUN, done(ConnectorAnswer.failed("half done")));
            case 1 -> tools.answer(number, seq, CommandKind.RUN, ConnectorAnswer.refused("no"));
            case 2 -> tools.answer(number, seq, CommandKind.RUN, ConnectorAnswer.ambiguous("reset before it began"));
            default -> tools.during(number, seq, CommandKind.RUN, done(ConnectorAnswer.succeeded("done")));
        }
        // A repetition of the same key, or a new attempt after a person's decision.
        IntStream.range(0, 3)
                .forEach(i -> tools.during(number, seq, CommandKind.RUN, done(ConnectorAnswer.succeeded("done"))));
    }

    private void scriptUndo(String number, int seq) {
        if (random.nextInt(5) == 0) {
            tools.answer(number, seq, CommandKind.UNDO, ConnectorAnswer.failed("cannot now"));
        }
        IntStream.range(0, 3)
                .forEach(i -> tools.during(number, seq, CommandKind.UNDO, done(ConnectorAnswer.succeeded("undone"))));
    }

    private java.util.function.Function<ConnectorCall, ConnectorAnswer> done(ConnectorAnswer answer) {
        return call -> {
            effects.add(new Effect(call.rollout(), call.kind(), call.seq()));
            return answer;
        };
    }

    private void playToTheEnd(List<String> batch) throws Exception {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            if (driver.live().stream().noneMatch(batch::contains)) {
                return;
            }
            shiftClock();
            dispatchOnFourNodes();
            runJobsOnFourNodes();
            decide(batch);
        }
        throw new AssertionError("Not all rollouts ended");
    }

    private void shiftClock() {
        ClockUtil.setCurrentTime(Date.from(
                switch (random.nextInt(3)) {
                    case 0 -> Instant.parse("2026-05-02T10:00:00Z");
                    case 1 -> Instant.now().plusSeconds(3600);
                    default -> Instant.now().minusSeconds(3600);
                }));
    }

    private void dispatchOnFourNodes() throws Exception {
        Callable<Integer> node = () -> driver.dispatchSome(AT_ONCE / NODES);
        onFourNodes(Collections.nCopies(NODES, node));
    }

    private void runJobsOnFourNodes() throws Exception {
        onFourNodes(driver.jobsByProcess().stream()
                .<Callable<Integer>>map(jobs -> () -> {
                    jobs.forEach(driver::run);
                    return jobs.size();
                })
                .toList());
    }

    private void onFourNodes(List<Callable<Integer>> work) throws Exception {
        for (Future<Integer> each : nodes.invokeAll(work)) {
            each.get();
        }
    }

    /** A person looks at what waits: at a step nobody knows, at a failed undo, at a rollout that went well so far. */
    private void decide(List<String> batch) {
        driver.stepsIn(StepState.UNKNOWN, StepState.UNDO_FAILED).stream()
                .filter(step -> batch.contains(RolloutNumber.of(step.rollout())))
                .forEach(this::resolve);
        driver.waitingAt("Gateway_Soak").stream()
                .filter(batch::contains)
                .filter(number -> driver.stateOf(number) == RolloutState.RUNNING)
                .forEach(number -> rollbacks.request(number, "Generated"));
    }

    /** Nothing ran of an unknown step here, so a person either stops or runs it; an undo may be done by hand. */
    private void resolve(Step step) {
        String number = RolloutNumber.of(step.rollout());
        boolean again = random.nextBoolean();
        if (step.state() == StepState.UNDO_FAILED && !again) {
            effects.add(new Effect(number, CommandKind.UNDO, step.seq()));
        }
        ResolutionAction otherwise =
                step.state() == StepState.UNKNOWN ? ResolutionAction.SKIP : ResolutionAction.DONE_BY_HAND;
        resolutions.resolve(number, step.seq(), again ? ResolutionAction.RETRY : otherwise, "Generated");
    }

    private void wasUndoneInExactReverse(String number) {
        List<Step> steps = rollouts.steps(number);
        List<Integer> ran = effects(number, CommandKind.RUN).toList();
        List<Integer> toUndo = ran.stream()
                .sorted(Comparator.reverseOrder())
                .filter(seq -> steps.get(seq - 1).undo() != null)
                .toList();

        assertThat(ran).as("%s ran in order, each once", number).isSorted().doesNotHaveDuplicates();
        assertThat(effects(number, CommandKind.UNDO).toList())
                .as("%s undid", number)
                .isEqualTo(toUndo);
        boolean leftovers = ran.stream()
                .map(seq -> steps.get(seq - 1))
                .anyMatch(step -> step.stage().changesSomething() && step.undo() == null);
        assertThat(driver.stateOf(number))
                .isEqualTo(leftovers ? RolloutState.ROLLBACK_INCOMPLETE : RolloutState.ROLLED_BACK);
    }

    private Stream<Integer> effects(String number, CommandKind kind) {
        return effects.stream()
                .filter(effect -> effect.rollout().equals(number) && effect.kind() == kind)
                .map(Effect::seq);
    }
}
