package io.gatehouse.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Adds the indexes that the engine's own scripts lack: completing a task looks for its subtasks, every minute somebody
 * looks for tasks that are late, and each step of a rollout looks for the tool tasks of its process; without them each
 * reads every open task. Not a migration, because the engine creates the tables after ours have run.
 */
@Component
@Order(1)
class EngineIndexes implements ApplicationRunner {

    private record Index(String name, String table, String column) {}

    private static final List<Index> INDEXES = List.of(
            new Index("IX_TASK_PARENT", "ACT_RU_TASK", "PARENT_TASK_ID_"),
            new Index("IX_TASK_FOLLOW_UP", "ACT_RU_TASK", "FOLLOW_UP_DATE_"),
            new Index("IX_EXT_TASK_PROCESS", "ACT_RU_EXT_TASK", "PROC_INST_ID_"));

    private final JdbcTemplate jdbc;

    EngineIndexes(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        INDEXES.stream().filter(index -> !isThere(index)).forEach(this::create);
    }

    private void create(Index index) {
        try {
            jdbc.execute("create index " + index.name() + " on " + index.table() + " (" + index.column() + ")");
        } catch (DataAccessException e) {
            // Another node that starts at the same moment may have been faster.
            if (!isThere(index)) {
                throw e;
            }
        }
    }

    /** Whether an index of its table, whatever its name is, begins with its column. */
    private boolean isThere(Index index) {
        Set<String> indexed =
                jdbc.execute((ConnectionCallback<Set<String>>) connection -> indexed(connection, index.table()));
        return indexed != null && indexed.contains(index.column());
    }

    private static Set<String> indexed(Connection connection, String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet indexes = connection
                .getMetaData()
                .getIndexInfo(connection.getCatalog(), connection.getSchema(), table, false, true)) {
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
