package io.gatehouse.cab;

import static io.gatehouse.testing.SignedIn.CARLA;
import static io.gatehouse.testing.SignedIn.CHRIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.BoardOutcome;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.SignedIn;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two members vote in the same instant, and the vote comes to one legal outcome: what they said counts together, or one
 * of them settled it and the other came too late. {@code -Plong} does it 1,000 times, {@code -Dgatehouse.rounds} as often
 * as that says.
 */
@ProcessTest
@OnH2
class VotesAtOnceTests {

    private static final int ROUNDS =
            Integer.getInteger("gatehouse.rounds", Boolean.getBoolean("gatehouse.long") ? 1000 : 20);

    @Autowired
    private Boards boards;

    @Autowired
    private Ballots ballots;

    @Autowired
    private Changes changes;

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transactions;

    private final ExecutorService members = Executors.newFixedThreadPool(2);
    private VoteFixture fixture;

    @BeforeEach
    void convene() {
        ChangeFixture.catalog(jdbc);
        clock.enterUntouchedTime();
        fixture = new VoteFixture(boards, process, tasks, transactions);
        fixture.convene(
                2,
                Set.of(
                        new BoardMember("chair", "chris", true, true, true),
                        new BoardMember("business", "carla", false, true, false)),
                Set.of());
    }

    @AfterEach
    void dissolve() throws InterruptedException {
        fixture.dissolve();
        clock.reset();
        members.shutdown();
        assertThat(members.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void comesToOneLegalOutcome() throws Exception {
        long seed = Long.getLong("gatehouse.seed", 20261130);
        Random random = new Random(seed);
        Map<BoardOutcome, Integer> outcomes = new EnumMap<>(BoardOutcome.class);
        int tooLate = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Change change =
                    fixture.beforeTheBoard(ChangeFixture.windowIn(clock.instant(), Duration.ofHours(3L * round + 100)));
            Vote one = Vote.values()[random.nextInt(4)];
            Vote other = Vote.values()[random.nextInt(4)];
            CyclicBarrier instant = new CyclicBarrier(2);
            List<Boolean> counted = List.of(
                            members.submit(() -> votes(change, CHRIS, one, instant)),
                            members.submit(() -> votes(change, CARLA, other, instant)))
                    .stream()
                    .map(VotesAtOnceTests::get)
                    .toList();

            BallotView ballot = ballots.viewsOf(change.number()).get(0);
            boolean veto = one == Vote.VETO && counted.get(0) || other == Vote.VETO && counted.get(1);
            int balance = (counted.get(0) ? weight(one) : 0) + (counted.get(1) ? weight(other) : 0);
            BoardOutcome expected = veto
                    ? BoardOutcome.REJECTED
                    : one == Vote.ABSTAIN && other == Vote.ABSTAIN
                            ? BoardOutcome.DEFERRED
                            : balance > 0 ? BoardOutcome.APPROVED : BoardOutcome.REJECTED;
            assertThat(ballot.outcome()).as("seed %d, round %d", seed, round).isEqualTo(expected);
            assertThat(ballot.votes()).hasSize((counted.get(0) ? 1 : 0) + (counted.get(1) ? 1 : 0));
            // Only a veto ends a vote before both have spoken.
            assertThat(veto || ballot.votes().size() == 2).isTrue();
            assertThat(changes.find(change.number()).state())
                    .isEqualTo(
                            switch (expected) {
                                case REJECTED -> ChangeState.NEW;
                                case DEFERRED -> ChangeState.AUTHORIZE;
                                default -> ChangeState.SCHEDULED;
                            });
            outcomes.merge(expected, 1, Integer::sum);
            tooLate += counted.contains(false) ? 1 : 0;
        }
        System.out.printf("%d rounds: %s, %d came too late%n", ROUNDS, outcomes, tooLate);
    }

    /** Whether it counted; refused because the other's veto came first is legal, anything else is not. */
    private boolean votes(Change change, SignedIn who, Vote vote, CyclicBarrier instant) throws Exception {
        instant.await();
        try {
            // As the API does it: the change first, and the task then.
            transactions.executeWithoutResult(transaction -> {
                changes.lock(change.number());
                fixture.vote(change, who, vote);
            });
            return true;
        } catch (io.gatehouse.api.ProblemException refused) {
            assertThat(refused).hasMessageContaining("not waiting");
            return false;
        }
    }

    private static int weight(Vote vote) {
        return vote == Vote.APPROVE ? 1 : vote == Vote.ABSTAIN ? 0 : -1;
    }

    private static boolean get(Future<Boolean> counted) {
        try {
            return counted.get(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
