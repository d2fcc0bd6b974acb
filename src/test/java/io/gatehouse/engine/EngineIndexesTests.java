package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The database that the application has started on has the indexes without which steps read every open task. */
@ProcessTest
@OnH2
class EngineIndexesTests {

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private EngineIndexes indexes;

    @ParameterizedTest
    @CsvSource({
        "ACT_RU_TASK, IX_TASK_PARENT, PARENT_TASK_ID_",
        "ACT_RU_TASK, IX_TASK_FOLLOW_UP, FOLLOW_UP_DATE_",
        "ACT_RU_EXT_TASK, IX_EXT_TASK_PROCESS, PROC_INST_ID_",
    })
    void areThereAfterTheStart(String table, String index, String column) {
        assertThat(columnsOf(table, index)).containsExactly(column);
    }

    @Test
    void areMadeOnce() {
        assertThatCode(() -> indexes.run(new DefaultApplicationArguments())).doesNotThrowAnyException();
    }

    private List<String> columnsOf(String table, String index) {
        List<String> columns =
                jdbc.execute((ConnectionCallback<List<String>>) connection -> read(connection, table, index));
        return columns == null ? List.of() : columns;
    }

    private static List<String> read(Connection connection, String table, String index) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
            while (rows.next()) {
                if (index.equalsIgnoreCase(rows.getString("INDEX_NAME"))) {
                    columns.add(rows.getString("COLUMN_NAME"));
                }
            }
        }
        return columns;
    }
}
