package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.jdbc.core.JdbcAggregateTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** What is read by hand is what the framework that writes it would read. */
@ProcessTest
@OnH2
@Transactional
class ChangeRowTests {

    @Autowired
    private ChangeRepository rows;

    @Autowired
    private JdbcAggregateTemplate framework;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void isReadWithEachOfItsColumns() {
        jdbc.update(
                """
                insert into change_template (template_key, version, title, active, service_key, environment_key)
                values ('change-row', 1, 'Row', true, 'row', 'production')""");
        jdbc.update(
                """
                insert into change_request (version, type, state, title, description, environment_key, template_key,
                    requester, window_starts_at, window_ends_at, implementation_plan, test_plan, backout_plan,
                    communication_plan, data_migration, downtime, backout_tested, if_not_done, approval_round, risk,
                    risk_reasons, returned_because, on_hold_because, implementer, reviewer, close_code, rolled_back,
                    created_at, closed_at, scope_sha256, duties_shared, related, has_tasks)
                values (7, 'STANDARD', 'CLOSED', 'change-row', 'Description', 'production', 'change-row', 'rita',
                    '2026-07-01 10:00:00.000001', '2026-07-01 12:00:00', 'Do', 'Test', 'Back', 'Tell', true, true, true,
                    'Lost', 3, 'HIGH', 'Reasons', 'Returned', 'Held', 'theo', 'mona', 'SUCCESSFUL_WITH_ISSUES', true,
                    '2026-06-30 09:08:07.654321', '2026-07-02 00:00:00', 'scope', true, true, true)""");
        long id = jdbc.queryForObject("select id from change_request where title = 'change-row'", Long.class);

        Change read = rows.findById(id).orElseThrow();

        assertThat(read)
                .hasNoNullFieldsOrPropertiesExcept("services", "emergency")
                .usingRecursiveComparison()
                .isEqualTo(framework.findById(id, Change.class));
        assertThat(rows.findWithLockById(id).orElseThrow())
                .usingRecursiveComparison()
                .isEqualTo(read);
    }

    @Test
    void isReadWithoutWhatMayBeMissing() {
        jdbc.update(
                """
                insert into change_request (version, type, state, title, environment_key, requester, window_starts_at,
                    window_ends_at, data_migration, downtime, backout_tested, approval_round, rolled_back, created_at,
                    duties_shared, related, has_tasks)
                values (0, 'NORMAL', 'NEW', 'change-row', 'production', 'rita', '2026-07-01 10:00:00',
                    '2026-07-01 12:00:00', false, false, false, 0, false, '2026-06-30 09:08:07', false, false, false)""");
        long id = jdbc.queryForObject("select id from change_request where title = 'change-row'", Long.class);

        Change read = rows.findById(id).orElseThrow();

        assertThat(read.plans()).isEqualTo(Plans.NONE);
        assertThat(read)
                .usingRecursiveComparison()
                .ignoringFields("plans")
                .isEqualTo(framework.findById(id, Change.class));
    }
}
