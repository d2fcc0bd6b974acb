package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnMySql;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@OnMySql
class EngineIndexesOnMySqlTests extends EngineIndexesTests {

    @Autowired
    private DataSource database;

    @Autowired
    private JdbcTemplate jdbc;

    @Test
    void ofPastStepsAreThoseThatSomebodyReadsBy() {
        assertThat(indexesOfSteps()).containsExactly("ACT_IDX_HI_ACT_INST_PROCINST", "PRIMARY");
    }

    @Test
    void ofPastStepsAreDroppedFromADatabaseOfAnEarlierRelease() {
        jdbc.execute("create index ACT_IDX_HI_ACT_INST_END on ACT_HI_ACTINST(END_TIME_)");

        EngineTables.createOnMySql(database);

        assertThat(indexesOfSteps()).containsExactly("ACT_IDX_HI_ACT_INST_PROCINST", "PRIMARY");
    }

    @Test
    void ofPastStepsStayThoseThatAnOperatorMade() {
        jdbc.execute("create index OUR_STEPS on ACT_HI_ACTINST(END_TIME_)");
        try {
            EngineTables.createOnMySql(database);

            assertThat(indexesOfSteps()).contains("OUR_STEPS");
        } finally {
            jdbc.execute("drop index OUR_STEPS on ACT_HI_ACTINST");
        }
    }

    private List<String> indexesOfSteps() {
        return jdbc.queryForList(
                """
                select distinct index_name from information_schema.statistics
                where table_schema = database() and table_name = 'ACT_HI_ACTINST' order by index_name""",
                String.class);
    }
}
