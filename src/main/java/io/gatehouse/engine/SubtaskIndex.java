package io.gatehouse.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Adds the index that the engine's own scripts lack: completing a task looks for its subtasks, which without it reads
 * every open task there is. Not a migration, because the engine creates the table after ours have run.
 */
@Component
@Order(1)
class SubtaskIndex implements ApplicationRunner {

    private static final String TABLE = "ACT_RU_TASK";
    private static final String COLUMN = "PARENT_TASK_ID_";

    private final JdbcTemplate jdbc;

    SubtaskIndex(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!Boolean.TRUE.equals(jdbc.execute((ConnectionCallback<Boolean>) SubtaskIndex::exists))) {
            jdbc.execute("create index IX_TASK_PARENT on " + TABLE + " (" + COLUMN + ")");
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (ResultSet indexes = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), TABLE, false, true)) {
            while (indexes.next()) {
                String column = indexes.getString("COLUMN_NAME");
                if (column != null && column.toUpperCase(Locale.ROOT).equals(COLUMN)) {
                    return true;
                }
            }
            return false;
        }
    }
}
