package io.gatehouse.audit.verify;

import static io.gatehouse.testing.SignedIn.MONA;
import static io.gatehouse.testing.SignedIn.OSKAR;
import static io.gatehouse.testing.SignedIn.RITA;
import static io.gatehouse.testing.SignedIn.THEO;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.gatehouse.access.Person;
import io.gatehouse.change.Change;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Duties;
import io.gatehouse.change.process.ChangeProcess;
import io.gatehouse.engine.Tasks;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What is written past the product is found in every column that matters, and nothing else is. */
@OnH2
@ProcessTest
class ReconciliationTests {

    private static final Person REQUESTER = new Person("rita", Set.of("requester"));

    @Autowired
    ChangeProcess process;

    @Autowired
    Changes changes;

    @Autowired
    Tasks tasks;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource database;

    @Autowired
    Duties duties;

    @Autowired
    TransactionTemplate transaction;

    private Change change;

    @BeforeEach
    void aChangeThatWasApproved() {
        clock.reset();
        ChangeFixture.catalog(jdbc);
        change = RITA.does(() -> process.submit(
                REQUESTER,
                process.raise(REQUESTER, ChangeFixture.content(clock.instant())).number()));
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "für 🚀")));
        assertThat(differences()).isEmpty();
    }

    @AfterEach
    void takeAway() {
        List.of(
                        "change_approval",
                        "change_link",
                        "change_service",
                        "change_duty",
                        "change_team",
                        "change_policy",
                        "policy_decision")
                .forEach(table -> jdbc.update("delete from " + table + " where change_id = ?", id()));
        jdbc.update("delete from change_request where id = ?", id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STATE | update change_request set state = 'SCHEDULED' where id = ?",
                "ALTERED | update change_request set risk = 'LOW' where id = ?",
                "ALTERED | update change_request set requester = 'theo' where id = ?",
                "ALTERED | update change_request set window_starts_at = '2026-01-01 00:00:00' where id = ?",
                "ALTERED | update change_request set window_ends_at = '2099-01-01 00:00:00' where id = ?",
                "ALTERED | update change_request set environment_key = 'dev' where id = ?",
                "ALTERED | update change_request set title = 'Something else' where id = ?",
                "ALTERED | update change_request set description = null where id = ?",
                "ALTERED | update change_request set backout_plan = null where id = ?",
                "ALTERED | update change_request set data_migration = true where id = ?",
                "ALTERED | update change_request set approval_round = 0 where id = ?",
                "ALTERED | update change_request set type = 'STANDARD' where id = ?",
                "ALTERED | update change_request set implementer = 'rita' where id = ?",
                "ALTERED | update change_request set version = version + 1 where id = ?",
                "ALTERED | update change_request set on_hold_because = 'wait' where id = ?",
                "ALTERED | update change_request set scope_sha256 = null where id = ?",
                "ALTERED | update change_request set if_not_done = 'Nothing much' where id = ?",
                "SCOPE | update change_service set service_key = 'keystone' where change_id = ?",
                "SCOPE | update change_service set new_digest = 'sha256:evil' where change_id = ?",
                "SCOPE | update change_link set url = 'https://evil.example' where change_id = ?",
                "SCOPE | delete from change_service where change_id = ?",
                "DUTY | update change_request set duties_shared = true where id = ?",
                "DUTY | insert into change_duty (change_id, duty, person) values (?, 'IMPLEMENTER', 'mona')",
                "DUTY | update change_team set team = 'red' where change_id = ?",
                "DUTY | delete from change_team where change_id = ?",
                "DUTY | insert into change_team (change_id, team) values (?, 'red')",
                "APPROVAL_ALTERED | update change_approval set person = 'rita' where person = 'theo' and change_id = ?",
                "APPROVAL_ALTERED | update change_approval set reason = 'no' where person = 'theo' and change_id = ?",
                "APPROVAL_ALTERED | update change_approval set decision = 'REJECTED' where person = 'theo' and change_id = ?",
                "APPROVAL_ALTERED | update change_approval set scope_sha256 = null where person = 'theo' and change_id = ?",
                "APPROVAL_DELETED | delete from change_approval where person = 'theo' and change_id = ?",
                "APPROVAL_DELETED | delete from change_approval where decision = 'PENDING' and change_id = ?",
                "APPROVAL_INSERTED | update change_approval set decision = 'APPROVED', person = 'mona' where seat = 'change-manager' and change_id = ?",
                "APPROVAL_INSERTED | insert into change_approval (change_id, round, seat, decision) values (?, 1, 'cab-chair', 'PENDING')",
                "APPROVAL_INSERTED | insert into change_approval (change_id, round, seat, decision, person) values (?, 1, 'cab-chair', 'APPROVED', 'chris')",
            })
    void findsWhatWasWrittenPastTheProduct(Difference.Kind kind, String sql) {
        assertThat(jdbc.update(sql, id())).isPositive();

        assertThat(differences()).isNotEmpty().allSatisfy(found -> {
            assertThat(found.object()).isEqualTo(change.number());
            assertThat(found.kind()).isEqualTo(kind);
        });
    }

    @Test
    void findsWhatWasDoneToThePartsOfOthers() {
        RITA.runs(() -> process.revise(REQUESTER, change.number(), "By somebody else"));
        THEO.runs(() -> transaction.executeWithoutResult(status -> duties.noteAuthor(changes.lock(change.number()))));
        assertThat(differences()).isEmpty();

        for (String sql : List.of(
                "delete from change_duty where person = 'theo' and change_id = ?",
                "update change_duty set duty = 'IMPLEMENTER' where person = 'theo' and change_id = ?",
                "update change_duty set person = 'nobody' where person = 'theo' and change_id = ?",
                "update change_request set duties_shared = false where id = ?")) {
            transaction.executeWithoutResult(status -> {
                assertThat(jdbc.update(sql, id())).isPositive();
                assertThat(differencesWithin()).extracting(Difference::kind).containsExactly(Difference.Kind.DUTY);
                status.setRollbackOnly();
            });
        }
    }

    @Test
    void findsAPlanThatNobodyWrote() {
        jdbc.update(
                """
                insert into rollout_plan (planned_for, version, process, document, updated_at)
                values (?, 1, 'Rollout', '{}', '2026-01-01 00:00:00')""",
                change.number());

        assertThat(differences()).extracting(Difference::kind).containsExactly(Difference.Kind.PLAN);
        jdbc.update("delete from rollout_plan where planned_for = ?", change.number());
    }

    @Test
    void findsAChangeThatIsGone() {
        takeAway();

        assertThat(differences()).extracting(Difference::kind).containsExactly(Difference.Kind.DELETED);
    }

    @Test
    void findsAChangeThatNobodyRaised() throws SQLException {
        jdbc.update(
                """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                    window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at)
                select 1, 'NORMAL', 'SCHEDULED', 'Planted', 'production', 'rita', window_starts_at, window_ends_at,
                    false, false, false, 1, false, created_at from change_request where id = ?""",
                id());
        long planted = jdbc.queryForObject("select id from change_request where title = 'Planted'", Long.class);

        try (Connection connection = database.getConnection()) {
            assertThat(new Reconciliation(connection).changes(List.of(planted)))
                    .extracting(Difference::kind)
                    .containsExactly(Difference.Kind.INSERTED);
        } finally {
            jdbc.update("delete from change_request where id = ?", planted);
        }
    }

    @Test
    void findsATemplateThatWasMadeActiveAgain() throws SQLException {
        jdbc.update(
                """
                insert into change_template (template_key, version, title, active, service_key, environment_key)
                values ('planted', 1, 'Planted', true, 'nova', 'dev')""");

        try (Connection connection = database.getConnection()) {
            assertThat(new Reconciliation(connection).templates())
                    .filteredOn(found -> found.object().equals("template-planted"))
                    .extracting(Difference::kind)
                    .containsExactly(Difference.Kind.INSERTED);
        } finally {
            jdbc.update("delete from change_template where template_key = 'planted'");
        }
    }

    @Test
    void theProgramOfTheAuditorFindsItToo() throws SQLException {
        jdbc.update("update change_request set risk = 'LOW' where id = ?", id());
        HikariDataSource pool = database.unwrap(HikariDataSource.class);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int code = AuditVerifier.run(
                new String[] {pool.getJdbcUrl(), pool.getUsername(), String.valueOf(pool.getPassword()), "--compare"},
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("The audit trail is intact")
                .contains(change.number() + " ALTERED: Its row is not as entry ");
    }

    @Test
    void findsNothingInAChangeThatWentItsWay() {
        RITA.runs(() -> process.revise(REQUESTER, change.number(), "Another window"));
        RITA.runs(() -> process.submit(REQUESTER, change.number()));
        RITA.runs(() -> process.hold(REQUESTER, change.number(), "Wait"));
        RITA.runs(() -> process.resume(REQUESTER, change.number()));
        THEO.runs(() -> tasks.submit(
                change.number(), "ReviewTechnically", null, Map.of("decision", "APPROVE", "reason", "again")));
        MONA.runs(() -> tasks.submit(
                change.number(), "ApproveChange", "change-manager", Map.of("decision", "APPROVE", "reason", "fine")));
        OSKAR.runs(() -> tasks.submit(
                change.number(), "ApproveChange", "ops-lead", Map.of("decision", "REJECT", "reason", "not now")));

        assertThat(changes.find(change.number()).returnedBecause()).contains("not now");
        assertThat(differences()).isEmpty();

        RITA.runs(() -> process.cancel(REQUESTER, change.number()));
        assertThat(differences()).isEmpty();
    }

    private long id() {
        return Long.parseLong(change.number().substring(4));
    }

    /** What the running transaction would leave. */
    private List<Difference> differencesWithin() {
        return jdbc.execute((ConnectionCallback<List<Difference>>)
                connection -> new Reconciliation(connection).changes(List.of(id())));
    }

    private List<Difference> differences() {
        try (Connection connection = database.getConnection()) {
            return new Reconciliation(connection).changes(List.of(id()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
