package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.change.DutiesSequence.Seen;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Random sequences of what people do to a change (claim, give back, assign, delegate, vote, two at once, take back,
 * rewrite, hold, implement, review, change groups, bring in policies) end as a pure model says. {@code -Plong} plays 10,000 of them,
 * {@code -Dgatehouse.sequences} another number, {@code -Dgatehouse.seed} the same ones again.
 */
@ProcessTest
@OnH2
class DutiesModelTests {

    private static final boolean LONG = Boolean.getBoolean("gatehouse.long");

    /** The same in each build, so that none fails by chance; others in the long variant. */
    private static final long SEED = Long.getLong("gatehouse.seed", LONG ? System.nanoTime() : 20261125);

    @Autowired
    private ChangeProcess process;

    @Autowired
    private Changes changes;

    @Autowired
    private Approvals approvals;

    @Autowired
    private Tasks tasks;

    @Autowired
    private TaskService engine;

    @Autowired
    private TableFixture tables;

    @Autowired
    private TestClock clock;

    @Autowired
    private JdbcTemplate jdbc;

    @BeforeEach
    void catalog() {
        ChangeFixture.catalog(jdbc);
        tables.releaseAll();
        clock.enterUntouchedTime();
    }

    @AfterEach
    void present() {
        tables.releaseAll();
        clock.reset();
    }

    int sequences() {
        return Integer.getInteger("gatehouse.sequences", LONG ? 10_000 : 150);
    }

    @Test
    void noSequenceOfDeedsBreaksTheSegregationOfDuties() {
        Window openNow = ChangeFixture.windowIn(clock.instant(), Duration.ofMinutes(-1));
        DutiesSequence sequence = new DutiesSequence(process, changes, approvals, tasks, engine, jdbc, tables);
        Map<ChangeState, Integer> ends = new EnumMap<>(ChangeState.class);
        List<String> differences = new ArrayList<>();
        int attempts = 0;
        int accepted = 0;
        int contended = 0;
        Instant start = Instant.now();
        for (int i = 0; i < sequences() && differences.size() < 3; i++) {
            Seen seen = sequence.play(SEED + i, openNow);
            ends.merge(seen.end(), 1, Integer::sum);
            attempts += seen.steps().size();
            accepted += seen.accepted();
            contended += seen.contended();
            if (!seen.differences().isEmpty()) {
                differences.add("seed " + (SEED + i) + ":\n  " + String.join("\n  ", seen.steps()) + "\n  => "
                        + seen.differences());
            }
        }
        System.out.printf(
                "%d sequences from seed %d in %d s: %d attempts, %d accepted, %d contended, ends %s%n",
                sequences(),
                SEED,
                Duration.between(start, Instant.now()).toSeconds(),
                attempts,
                accepted,
                contended,
                ends);

        assertThat(differences).as("what the model says otherwise").isEmpty();
        assertThat(ends).as("sequences that got far").containsKey(ChangeState.AUTHORIZE);
        assertThat(accepted).as("of " + attempts + " attempts").isGreaterThan(attempts / 10);
    }
}
