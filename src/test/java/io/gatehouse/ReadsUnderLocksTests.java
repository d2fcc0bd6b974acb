package io.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
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
 * Who waits for the lock of one row and then reads another table sees what was written under that lock, also if they had
 * looked at it before: half of all decisions are taken that way.
 */
@OnH2
@ProcessTest
class ReadsUnderLocksTests {

    private static final int ROUNDS = 400;
    private static final String TASK = "reads-under-locks";
    private static final String READ = "select reminded_at from task_attention where task_id = ?";
    private static final String LOCK = "select id from engine_set_up where id = 1 for update";

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TransactionTemplate transactions;

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @BeforeEach
    void aRowThatDecidesNothing() {
        jdbc.update("insert into task_attention (task_id, reminded_at) values (?, ?)", TASK, moment(0));
    }

    @AfterEach
    void noRow() {
        other.shutdownNow();
        jdbc.update("delete from task_attention where task_id = ?", TASK);
    }

    @Test
    void whoWaitedForTheLockReadsWhatWasWrittenUnderIt() throws Exception {
        List<Integer> stale = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            if (!readUnderTheLock(round).equals(moment(round))) {
                stale.add(round);
            }
        }

        assertThat(stale).as("rounds in which the old answer came").isEmpty();
    }

    /** One writes under the lock; another reads before that is committed, waits for the lock, and reads again. */
    private LocalDateTime readUnderTheLock(int round) throws Exception {
        CyclicBarrier written = new CyclicBarrier(2);
        CyclicBarrier seen = new CyclicBarrier(2);
        Future<?> writer = other.submit(() -> transactions.executeWithoutResult(status -> {
            jdbc.queryForList(LOCK);
            jdbc.update("update task_attention set reminded_at = ? where task_id = ?", moment(round), TASK);
            meet(written);
            meet(seen);
        }));
        LocalDateTime read = transactions.execute(status -> {
            meet(written);
            assertThat(read()).isEqualTo(moment(round - 1));
            meet(seen);
            jdbc.queryForList(LOCK);
            return read();
        });
        writer.get();
        return read;
    }

    private LocalDateTime read() {
        return jdbc.queryForObject(READ, LocalDateTime.class, TASK);
    }

    private static LocalDateTime moment(int round) {
        return LocalDateTime.of(2026, 1, 1, 0, 0).plusSeconds(round);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
