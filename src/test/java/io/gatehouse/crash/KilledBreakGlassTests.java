package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gatehouse.testing.ApiClient;
import io.gatehouse.testing.ApiClient.Answer;
import io.gatehouse.testing.GatehouseProcess;
import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Kills the product at two moments of a break-glass that is being used, each held open by a lock that the test has: when
 * everything is done and nothing committed, and when everything is committed and nobody has been told. Whatever it was,
 * it has happened once or not at all, and is done once in the end.
 */
@NeedsMySql
@EnabledIfSystemProperty(named = "gatehouse.long", matches = "true", disabledReason = "takes long: -Plong")
@Tag("own-jvm")
class KilledBreakGlassTests {

    private static final String WINDOW = "Event_WindowOpened";
    private static final String MOVED_TO = "Activity_StartImplementation";
    private static final Duration SOON = Duration.ofSeconds(30);

    static MySqlDatabase database;
    static GatehouseProcess node;

    @BeforeAll
    static void start() {
        database = MySqlServer.shared().freshDatabase();
        node = GatehouseProcess.start(database);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Test
    void whatWasDoneAndNotCommittedHasNotHappenedAndIsDoneOnceAfterwards() throws SQLException {
        String change = changeThatWaitsForItsWindow();
        int movesBefore = moves(change);
        String number = granted(change);
        String head = head();
        try (Connection holder = database.connect()) {
            holder.setAutoCommit(false);
            // The last thing before the commit is the entry in the trail, which waits for this row.
            run(holder, "select n from audit_head where id = 1 for update");
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> use(number));
            try (Connection dirty = database.connect()) {
                dirty.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
                await().atMost(SOON).until(() -> "ENDED".equals(stateOf(dirty, number)));
                assertThat(number(dirty, usedSql(number))).isOne();
            }
            assertThat(stateOf(number)).isEqualTo("GRANTED");
            assertThat(answer).isNotDone();

            node.kill();
            assertThat(answer).failsWithin(SOON);
            holder.rollback();
        }
        node = GatehouseProcess.start(database);

        assertThat(stateOf(number)).isEqualTo("GRANTED");
        assertThat(count(usedSql(number))).isZero();
        assertThat(entries(number, "breakglass.Used")).isZero();
        assertThat(moves(change)).isEqualTo(movesBefore);
        Auditor.findsTheTrailIntact(database, "--head=" + head, "--compare");

        use(number).expect(200);

        hasHappenedOnce(change, number, movesBefore);
        Auditor.findsTheTrailIntact(database, "--head=" + head, "--compare");
    }

    @Test
    void whatWasCommittedAndNotAnsweredHasHappenedOnceAndIsNotDoneAgain() throws Exception {
        String change = changeThatWaitsForItsWindow();
        int movesBefore = moves(change);
        String number = granted(change);
        String head;
        try (Connection holder = database.connect();
                Connection door = database.connect()) {
            holder.setAutoCommit(false);
            run(holder, "select n from audit_head where id = 1 for update");
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> use(number));
            try (Connection dirty = database.connect()) {
                dirty.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
                await().atMost(SOON).until(() -> "ENDED".equals(stateOf(dirty, number)));
            }
            // Comes after the transaction that has the table and before whoever reads it next, which is for the answer.
            CompletableFuture<Void> closing =
                    CompletableFuture.runAsync(() -> run(door, "lock tables break_glass write"));
            await().atMost(SOON)
                    .until(() -> count("select count(*) from information_schema.processlist"
                                    + " where state = 'Waiting for table metadata lock'"
                                    + " and info = 'lock tables break_glass write'")
                            == 1);
            holder.commit();
            closing.get();
            await().atMost(SOON).until(() -> entries(number, "breakglass.Used") == 1);
            assertThat(answer).isNotDone();
            head = head();

            node.kill();
            assertThat(answer).failsWithin(SOON);
            run(door, "unlock tables");
        }
        node = GatehouseProcess.start(database);

        hasHappenedOnce(change, number, movesBefore);
        assertThat(use(number).status()).isEqualTo(409);
        hasHappenedOnce(change, number, movesBefore);
        assertThat(entries(number, "breakglass.UseRefused")).isOne();
        as("mona")
                .post(
                        "/api/v1/break-glass/" + number + "/review",
                        Map.of("outcome", "JUSTIFIED", "toMend", "Answer sooner"))
                .expect(200);
        Auditor.findsTheTrailIntact(database, "--head=" + head, "--compare");
    }

    private static void hasHappenedOnce(String change, String number, int movesBefore) {
        assertThat(stateOf(number)).isEqualTo("ENDED");
        assertThat(count(usedSql(number))).isOne();
        assertThat(entries(number, "breakglass.Used")).isOne();
        assertThat(entries(number, "breakglass.Ended")).isOne();
        assertThat(moves(change)).isEqualTo(movesBefore + 1);
        assertThat(count("select count(*) from ACT_RU_JOB j join ACT_RU_EXECUTION e on e.ID_ = j.PROCESS_INSTANCE_ID_"
                        + " where e.BUSINESS_KEY_ = '" + change + "'"))
                .as("timers of the window")
                .isOne();
    }

    private static ApiClient as(String person) {
        return new ApiClient(node.address(), person);
    }

    private static String granted(String change) {
        String number = as("oskar")
                .post(
                        "/api/v1/break-glass",
                        Map.of(
                                "target",
                                change,
                                "actions",
                                List.of(Map.of("kind", "MOVE_TOKEN", "at", WINDOW, "to", MOVED_TO)),
                                "reason",
                                "Its window is over",
                                "incident",
                                "INC-4711",
                                "expiresAt",
                                Instant.now().plusSeconds(3000).toString()))
                .expect(201)
                .get("number")
                .asText();
        as("rolf")
                .post("/api/v1/break-glass/" + number + "/decision", Map.of("decision", "GRANT", "reason", "Go on"))
                .expect(200);
        return number;
    }

    private static Answer use(String number) {
        return as("oskar").post("/api/v1/break-glass/" + number + "/actions", Map.of("kind", "MOVE_TOKEN"));
    }

    private static String changeThatWaitsForItsWindow() {
        return text("select min(BUSINESS_KEY_) from ACT_RU_EXECUTION e where PARENT_ID_ is null"
                + " and exists (select 1 from ACT_RU_JOB j join ACT_RU_JOBDEF d on d.ID_ = j.JOB_DEF_ID_"
                + " where j.PROCESS_INSTANCE_ID_ = e.ID_ and d.ACT_ID_ = '" + WINDOW + "')");
    }

    /** How often somebody came to the box the token is moved to; from there it goes back, for the window is not open. */
    private static int moves(String change) {
        return count("select count(*) from ACT_HI_ACTINST a join ACT_HI_PROCINST p on p.ID_ = a.PROC_INST_ID_"
                + " where p.BUSINESS_KEY_ = '" + change + "' and a.ACT_ID_ = '" + MOVED_TO + "'");
    }

    private static int entries(String number, String action) {
        return count("select count(*) from audit_entry where object = '" + number + "' and action = '" + action + "'");
    }

    private static String usedSql(String number) {
        return "select count(*) from break_glass_action where used_at is not null and break_glass_id = " + idOf(number);
    }

    private static String stateOf(String number) {
        try (Connection connection = database.connect()) {
            return stateOf(connection, number);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String stateOf(Connection connection, String number) throws SQLException {
        return text(connection, "select state from break_glass where id = " + idOf(number));
    }

    private static long idOf(String number) {
        return Long.parseLong(number.substring(4));
    }

    private static String head() {
        return text("select concat(n, ':', hash) from audit_head");
    }

    private static int count(String sql) {
        return Integer.parseInt(text(sql));
    }

    private static int number(Connection connection, String sql) throws SQLException {
        return Integer.parseInt(text(connection, sql));
    }

    private static String text(String sql) {
        try (Connection connection = database.connect()) {
            return text(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).as(sql).isTrue();
            return rows.getString(1);
        }
    }

    private static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
