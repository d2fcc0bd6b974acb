package io.gatehouse.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.ApiDocumentationTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The round that compares again and again, over the 25 changes of the sample organisation. */
@ApiDocumentationTest
class SampleReconciliationTests {

    private static final String OPEN =
            "select count(*) from audit_difference where gone_at is null and object like 'CHG-%'";

    @Autowired
    private ReconciliationRound round;

    @Autowired
    private Differences differences;

    @Autowired
    private JdbcTemplate jdbc;

    @AfterEach
    void putBack() {
        jdbc.update("update change_request set requester = 'rolf' where id = 3");
        jdbc.update("delete from audit_difference");
    }

    @Test
    void findsNothingWrongWithTheSampleOrganisation() {
        assertThat(differences.compareAll())
                .filteredOn(found -> found.object().startsWith("CHG-"))
                .isEmpty();

        round.compare();

        assertThat(jdbc.queryForObject(OPEN, Long.class)).isZero();
    }

    @Test
    void writesDownOnceWhatItFindsAndThatItIsGone() {
        jdbc.update("update change_request set requester = 'theo' where id = 3");

        round.compare();
        round.compare();

        assertThat(jdbc.queryForList(
                        "select object from audit_difference where gone_at is null and object like 'CHG-%'",
                        String.class))
                .containsExactly("CHG-000003");
        assertThat(entries("audit.DifferenceFound")).isOne();

        jdbc.update("update change_request set requester = 'rolf' where id = 3");
        round.compare();

        assertThat(jdbc.queryForObject(OPEN, Long.class)).isZero();
        assertThat(entries("audit.DifferenceGone")).isOne();
    }

    private long entries(String action) {
        return jdbc.queryForObject(
                "select count(*) from audit_entry where object = 'CHG-000003' and action = ?", Long.class, action);
    }
}
