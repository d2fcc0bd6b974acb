package io.gatehouse.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Adds the indexes that the engine's own scripts lack: completing a task looks for its subtasks, and every minute
 * somebody looks for tasks that are late; without them each reads every open task. Not a migration, because the engine
 * creates the table after ours have run.
 */
@Component
@Order(1)
class TaskIndexes implements ApplicationRunner {

    private static final String TABLE = "ACT_RU_TASK";
    private static final Map<String, List<String>> COLUMNS = Map.of(
            "IX_TASK_PARENT", List.of("PARENT_TASK_ID_"),
            "IX_TASK_FOLLOW_UP", List.of("FOLLOW_UP_DATE_"));

    private final JdbcTemplate jdbc;

    TaskIndexes(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        COLUMNS.forEach((name, columns) -> {
            if (!isIndexed(columns.get(0))) {
                create(name, columns);
            }
        });
    }

    private void create(String name, List<String> columns) {
        try {
            jdbc.execute("create index " + name + " on " + TABLE + " (" + String.join(", ", columns) + ")");
        } catch (DataAccessException e) {
            // Another node that starts at the same moment may have been faster.
            if (!isIndexed(columns.get(0))) {
                throw e;
            }
        }
    }

    /** Whether an index begins with this column. */
    private boolean isIndexed(String column) {
        Set<String> indexed = jdbc.execute((ConnectionCallback<Set<String>>) TaskIndexes::indexed);
        return indexed != null && indexed.contains(column);
    }

    private static Set<String> indexed(Connection connection) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet indexes = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), TABLE, false, true)) {
            while (indexes.next()) {
                String column = indexes.getString("COLUMN_NAME");
                if (column != null && indexes.getShort("ORDINAL_POSITION") == 1) {
                    columns.add(column.toUpperCase(Locale.ROOT));
                }
            }
        }
        return columns;
    }
}
