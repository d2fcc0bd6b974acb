package io.gatehouse.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnMySql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several nodes have MySQL, which locks all rows it reads before it sorts them; H2 leaves out more than what is locked. */
@OnMySql
class DispatcherOnMySqlTests extends DispatcherTests {

    private static final int AT_ONCE = 10;

    @Autowired
    private RolloutDriver driver;

    @Autowired
    private Dispatcher thisNode;

    @Autowired
    private CommandRows commands;

    @Autowired
    private Contention contention;

    @Autowired
    private JdbcClient jdbc;

    private long rollout;

    /** @param ended how many that have ended are stored besides, whose time has come long ago as well */
    @ParameterizedTest
    @CsvSource({"0, 20", "8000, 20", "8000, 4000"})
    void shareWhatIsDueHoweverMuchIsStored(int ended, int due) {
        store(ended, due);

        List<Lease> taken = contention.survive(() -> {
            List<Lease> leases = new ArrayList<>(thisNode.lease(AT_ONCE));
            leases.addAll(CompletableFuture.supplyAsync(() -> anotherNode().lease(AT_ONCE))
                    .orTimeout(5, TimeUnit.SECONDS)
                    .join());
            return leases;
        });

        assertThat(taken)
                .extracting(lease -> lease.command().attempt())
                .as("The longest due, half of them by each node")
                .containsExactlyElementsOf(longestDue(ended, 2 * AT_ONCE));
    }

    @Test
    void readNoMoreThanTheyTake() {
        store(8000, 4000);
        assertThat(rowsReadBy(() -> commands.due(AT_ONCE))).isLessThanOrEqualTo(AT_ONCE + 1);
        assertThat(rowsReadBy(() -> commands.dueInDoubt(AT_ONCE, List.of("tool"))))
                .as("All of these are NEW and looked at in vain: what may show that rows are counted")
                .isGreaterThanOrEqualTo(4000);
    }

    @Test
    void readAFewRowsOfThousandsToKnowWhenTheNextIsDue(@Autowired DueWork work) {
        store(8000, 4000);

        assertThat(rowsReadBy(() -> work.in(Duration.ofHours(1)))).isLessThanOrEqualTo(100);
    }

    @Test
    void readNoMoreStopsThanTheyTake(@Autowired StopRows stops) {
        storeStops(8000, 4000);

        assertThat(rowsReadBy(() -> stops.due(AT_ONCE))).isLessThanOrEqualTo(AT_ONCE + 1);
        contention.survive(() -> {
            List<Long> taken = new ArrayList<>(commandsOf(stops.due(AT_ONCE)));
            taken.addAll(CompletableFuture.supplyAsync(() -> contention.survive(() -> commandsOf(stops.due(AT_ONCE))))
                    .orTimeout(5, TimeUnit.SECONDS)
                    .join());
            assertThat(taken)
                    .as("half of them by each node")
                    .doesNotHaveDuplicates()
                    .hasSize(2 * AT_ONCE);
            return true;
        });
    }

    @Test
    void readNoMoreCallbacksThanTheyTake(@Autowired InboxRows inbox) {
        storeCallbacks(8000, 4000);

        assertThat(rowsReadBy(() -> inbox.due(AT_ONCE))).isLessThanOrEqualTo(AT_ONCE + 1);
        assertThat(inbox.due(AT_ONCE))
                .extracting(Callback::deliveryId)
                .as("longest due first")
                .containsExactlyElementsOf(IntStream.range(8002, 8002 + AT_ONCE)
                        .mapToObj(n -> "stored-" + n)
                        .toList());
    }

    @AfterEach
    void forget() {
        jdbc.sql("delete from callback_inbox where source = 'stored'").update();
        jdbc.sql("update rollout_stop set state = substring(state, 2) where state like '~%'")
                .update();
        jdbc.sql("update callback_inbox set state = substring(state, 2) where state like '~%'")
                .update();
        jdbc.sql("delete from rollout_stop where command_id in"
                        + " (select id from rollout_command where rollout_id = :rollout)")
                .param("rollout", rollout)
                .update();
        jdbc.sql("delete from rollout_command where rollout_id = :rollout and attempt > 1")
                .param("rollout", rollout)
                .update();
    }

    /** Nothing but these is due: the attempts after 1 of one step, those that have ended first. */
    private void store(int ended, int due) {
        jdbc.sql("update rollout_command set due_at = timestampadd(day, 1, localtimestamp(6))")
                .update();
        rollout = RolloutNumber.idOf(driver.start(RolloutDriver.deploySteps(1)));
        jdbc.sql("update rollout_command set state = 'DONE' where rollout_id = :rollout")
                .param("rollout", rollout)
                .update();
        contention.survive(() -> {
            jdbc.sql("set session cte_max_recursion_depth = 100000").update();
            return jdbc.sql(
                            """
                    insert into rollout_command (rollout_id, seq, kind, attempt, idempotency_key, connector, state, due_at,
                        fence, tries, maybe_sent)
                    with recursive number (n) as (select 2 union all select n + 1 from number where n <= :all)
                    select :rollout, 1, 'RUN', n, concat('stored-', :rollout, '-', n), 'tool',
                        if(n < :ended + 2, 'DONE', 'NEW'), timestampadd(microsecond, n, '2026-01-01'), 0, 0, false
                    from number where n < :all + 2""")
                    .param("rollout", rollout)
                    .param("ended", ended)
                    .param("all", ended + due)
                    .update();
        });
        jdbc.sql("analyze table rollout_command").query().listOfRows();
    }

    /** Of commands that have all ended. */
    private void storeStops(int ended, int due) {
        store(ended + due, 0);
        jdbc.sql("update rollout_stop set state = concat('~', state)").update();
        jdbc.sql(
                        """
                insert into rollout_stop (command_id, state, requested_by, because, detail, requested_at, due_at, fence,
                    tries)
                select id, if(attempt < :ended + 2, 'TAKEN', 'REQUESTED'), 'rolf', '', '', '2026-01-01',
                    timestampadd(microsecond, attempt, '2026-01-01'), 0, 0
                from rollout_command where rollout_id = :rollout and attempt > 1""")
                .param("rollout", rollout)
                .param("ended", ended)
                .update();
        jdbc.sql("analyze table rollout_stop").query().listOfRows();
    }

    private void storeCallbacks(int ended, int due) {
        jdbc.sql("update callback_inbox set state = concat('~', state)").update();
        contention.survive(() -> {
            jdbc.sql("set session cte_max_recursion_depth = 100000").update();
            return jdbc.sql(
                            """
                    insert into callback_inbox (source, delivery_id, delivery_sha256, body_sha256, body, state, note, tries,
                        received_at, due_at)
                    with recursive number (n) as (select 2 union all select n + 1 from number where n <= :all)
                    select 'stored', concat('stored-', n), sha2(n, 256), '', '{}',
                        if(n < :ended + 2, 'APPLIED', 'RECEIVED'), '', 0, '2026-01-01',
                        timestampadd(microsecond, n, '2026-01-01')
                    from number where n < :all + 2""")
                    .param("ended", ended)
                    .param("all", ended + due)
                    .update();
        });
        jdbc.sql("analyze table callback_inbox").query().listOfRows();
    }

    private static List<Long> commandsOf(List<StopOrder> orders) {
        return orders.stream().map(StopOrder::command).toList();
    }

    private static List<Integer> longestDue(int ended, int count) {
        return IntStream.range(ended + 2, ended + 2 + count).boxed().toList();
    }

    private long rowsReadBy(Supplier<?> question) {
        return contention.survive(() -> {
            long before = rowsRead();
            long toCount = rowsRead() - before;
            question.get();
            return rowsRead() - before - 2 * toCount;
        });
    }

    private long rowsRead() {
        AtomicLong sum = new AtomicLong();
        jdbc.sql("show session status where variable_name in ('Handler_read_first', 'Handler_read_key',"
                        + " 'Handler_read_next', 'Handler_read_rnd', 'Handler_read_rnd_next')")
                .query(row -> {
                    sum.addAndGet(row.getLong(2));
                });
        return sum.get();
    }
}
