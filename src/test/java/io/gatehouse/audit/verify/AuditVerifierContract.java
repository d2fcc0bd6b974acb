package io.gatehouse.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.audit.AuditDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Damage an auditor must find, on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditVerifierContract {

    private static final int ENTRIES = 40;
    private static final long SEED = 20261123;

    private AuditDatabase database;
    private Head head;

    abstract AuditDatabase open();

    abstract int tamperings();

    @BeforeAll
    void writeATrail() throws SQLException {
        database = open();
        IntStream.range(0, ENTRIES / 2).forEach(i -> database.transaction().executeWithoutResult(status -> {
            database.record("CHG-" + i);
            database.record("ROL-" + i);
        }));
        try (Connection connection = database.dataSource().getConnection()) {
            Verdict verdict = new ChainCheck(connection, null).run();
            head = Head.parse(verdict.sentence().replaceFirst(".*head ", ""));
        }
    }

    @AfterAll
    void closeDatabase() {
        database.close();
    }

    @Test
    void findsATrailIntactThatNobodyTouched() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            assertThat(new ChainCheck(connection, head).run())
                    .isEqualTo(new Verdict(true, "The audit trail is intact: 40 entries, head " + head));
        }
    }

    @Test
    void findsEveryKindOfTampering() throws SQLException {
        Random random = new Random(SEED);
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            for (int i = 0; i < tamperings(); i++) {
                Tampering tampering = Tampering.values()[i % Tampering.values().length];
                tampering.apply(jdbc, random, ENTRIES);

                assertThat(check(connection, tampering.needsKnownHead() ? head : null)
                                .intact())
                        .as("%s, number %d of seed %d", tampering, i, SEED)
                        .isFalse();

                connection.rollback();
            }
            assertThat(check(connection, head).intact()).as("put back").isTrue();
        }
    }

    @Test
    void namesTheFirstEntryThatIsWrong() throws SQLException {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            jdbc.sql("update audit_entry set actor = 'nobody' where n in (17, 30)")
                    .update();

            assertThat(check(connection, null).sentence())
                    .isEqualTo("The audit trail is broken at entry 17: its content does not match its hash");

            connection.rollback();
        }
    }

    @Test
    void endsWithZeroForAnIntactTrail() {
        assertThat(run(url(), user(), password(), "--head=" + head))
                .isEqualTo("0 The audit trail is intact: 40 entries, head " + head);
    }

    @Test
    void endsWithOneForABrokenTrail() {
        assertThat(run(url(), user(), password(), "--head=40:" + "0".repeat(64)))
                .startsWith("1 The audit trail is broken at entry 40: ");
        assertThat(run(url(), user(), password(), "--head=41:" + "0".repeat(64)))
                .startsWith("1 The audit trail is broken at entry 41: it is missing");
    }

    @Test
    void endsWithTwoWhenItCannotTell() {
        assertThat(run()).startsWith("2 Usage: ");
        assertThat(run(url(), user(), password() + "wrong")).startsWith("2 The audit trail could not be checked: ");
        assertThat(run(url(), user(), password(), "--head=40")).startsWith("2 The audit trail could not be checked: ");
    }

    private static Verdict check(Connection connection, @Nullable Head known) throws SQLException {
        return new ChainCheck(connection, known).run();
    }

    private String url() {
        return database.dataSource().getJdbcUrl();
    }

    private String user() {
        return database.dataSource().getUsername();
    }

    private String password() {
        return database.dataSource().getPassword();
    }

    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = AuditVerifier.run(args, Map.of(), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + " " + out.toString(StandardCharsets.UTF_8).strip();
    }
}
