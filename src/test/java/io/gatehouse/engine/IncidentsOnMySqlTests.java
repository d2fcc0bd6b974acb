package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnMySql;
import io.gatehouse.testing.ProcessTest;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** The keys at which MySQL 9.7 gives up; that what has failed goes on then is in the tests of break-glass on MySQL. */
@ProcessTest
@OnMySql
class IncidentsOnMySqlTests {

    @Autowired
    private DataSource database;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void aDatabaseOfAnEarlierReleaseIsMended() {
        jdbc.execute("alter table ACT_RU_INCIDENT add constraint ACT_FK_INC_CAUSE foreign key (CAUSE_INCIDENT_ID_)"
                + " references ACT_RU_INCIDENT (ID_) on delete cascade on update cascade");
        assertThat(rules()).containsExactly("CASCADE");

        EngineTables.createOnMySql(database);

        assertThat(rules()).isEmpty();
    }

    private List<String> rules() {
        return jdbc.queryForList(
                """
                select delete_rule from information_schema.referential_constraints
                where constraint_schema = database() and table_name = 'ACT_RU_INCIDENT'
                and constraint_name in ('ACT_FK_INC_CAUSE', 'ACT_FK_INC_RCAUSE')""",
                String.class);
    }
}
