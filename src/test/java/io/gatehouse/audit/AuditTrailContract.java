package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the trail promises on every database. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class AuditTrailContract {

    private AuditDatabase database;

    abstract AuditDatabase open();

    @BeforeEach
    void openDatabase() {
        database = open();
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void keepsTheOrderInWhichThingsHappened() {
        database.transaction().executeWithoutResult(status -> {
            database.record("A-1");
            database.record("A-2");
        });
        database.transaction().executeWithoutResult(status -> database.record("A-3"));

        assertThat(objects()).containsExactly("A-1", "A-2", "A-3");
        assertThat(numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void saysWhoDidWhatToWhat() {
        database.transaction().executeWithoutResult(status -> database.trail()
                .record("change.Authorized", "CHG-000001", Map.of("to", "SCHEDULED", "from", "AUTHORIZE")));

        Map<String, Object> entry =
                database.jdbc().sql("select * from audit_entry").query().singleRow();
        assertThat(entry)
                .containsEntry("actor", "person-000000001")
                .containsEntry("action", "change.Authorized")
                .containsEntry("object", "CHG-000001");
        assertThat(database.jdbc()
                        .sql("select payload from audit_entry")
                        .query(String.class)
                        .single())
                .isEqualTo("{\"from\":\"AUTHORIZE\",\"to\":\"SCHEDULED\"}");
    }

    @Test
    void takesTheHeadOnceForAllEntriesOfATransaction() {
        database.transaction().executeWithoutResult(status -> {
            IntStream.range(0, 50).forEach(i -> database.record("B-" + i));

            assertThat(objects()).as("before the commit").isEmpty();
        });

        assertThat(objects()).hasSize(50);
    }

    @Test
    void leavesNothingOfATransactionThatRollsBack() {
        database.transaction().executeWithoutResult(status -> database.record("C-1"));
        assertThatThrownBy(() -> database.transaction().executeWithoutResult(status -> {
                    database.record("C-2");
                    throw new IllegalArgumentException("no");
                }))
                .hasMessage("no");
        database.transaction().executeWithoutResult(status -> database.record("C-3"));

        assertThat(objects()).containsExactly("C-1", "C-3");
        assertThat(numbers()).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "delete from audit_head",
                "update audit_head set id = 2",
                "update audit_head set n = -1",
                "alter table audit_entry rename to audit_entry_away",
                "alter table audit_entry drop column payload"
            })
    void rollsTheTransactionBackWhenItCannotBeWritten(String sabotage) {
        database.jdbc().sql("create table fact (id integer)").update();
        database.transaction().executeWithoutResult(status -> database.record("D-0"));
        database.jdbc()
                .sql("insert into audit_entry select 0, recorded_at, actor, action, object, payload,"
                        + " previous_hash, hash from audit_entry")
                .update();
        database.jdbc().sql(sabotage).update();

        assertThatThrownBy(() -> database.transaction().executeWithoutResult(status -> {
                    database.jdbc().sql("insert into fact values (1)").update();
                    database.record("D-1");
                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().status()).isEqualTo(503));

        assertThat(database.jdbc()
                        .sql("select count(*) from fact")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void saysOnceWhatIsWorthSayingOnce() {
        IntStream.range(0, 3).forEach(i -> database.transaction().executeWithoutResult(status -> database.trail()
                .recordOnce("change.ApprovalViewed", "CHG-000001", Map.of("seat", "ops-lead", "round", 1))));
        database.transaction().executeWithoutResult(status -> database.trail()
                .recordOnce("change.ApprovalViewed", "CHG-000001", Map.of("seat", "ops-lead", "round", 2)));

        assertThat(numbers()).hasSize(2);
    }

    @Test
    void refusesToRecordOutsideATransaction() {
        assertThatIllegalStateException().isThrownBy(() -> database.record("E-1"));
    }

    @Test
    void chainsWritersOfSeveralThreadsWithoutAGap() throws Exception {
        // given
        int writers = 4;
        int each = 50;
        CountDownLatch together = new CountDownLatch(writers);
        ExecutorService threads = Executors.newFixedThreadPool(writers);

        // when
        List<? extends Future<?>> runs = IntStream.range(0, writers)
                .mapToObj(writer -> threads.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int i = 0; i < each; i++) {
                        String object = writer + "-" + i;
                        database.transaction().executeWithoutResult(status -> {
                            database.record(object);
                            database.record(object);
                        });
                    }
                    return null;
                }))
                .toList();
        for (Future<?> run : runs) {
            run.get(60, TimeUnit.SECONDS);
        }
        threads.shutdown();

        // then
        assertThat(numbers())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, writers * each * 2)
                        .asLongStream()
                        .boxed()
                        .toList());
        assertThat(previousHashes().subList(1, writers * each * 2))
                .isEqualTo(hashes().subList(0, writers * each * 2 - 1));
    }

    private List<String> objects() {
        return database.jdbc()
                .sql("select object from audit_entry order by n")
                .query(String.class)
                .list();
    }

    private List<Long> numbers() {
        return database.jdbc()
                .sql("select n from audit_entry order by n")
                .query(Long.class)
                .list();
    }

    private List<String> hashes() {
        return database.jdbc()
                .sql("select hash from audit_entry order by n")
                .query(String.class)
                .list();
    }

    private List<String> previousHashes() {
        return database.jdbc()
                .sql("select previous_hash from audit_entry order by n")
                .query(String.class)
                .list();
    }
}
