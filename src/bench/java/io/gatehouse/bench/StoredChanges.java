package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Fills a database with changes as years of use would: nine of ten closed, each of the others with its process and the
 * waiting task of a real one, copied; a fifth of these tasks wait for who leads operations, a fiftieth for release
 * managers.
 */
final class StoredChanges {

    private static final List<String> ENGINE_TABLES =
            List.of("ACT_RU_EXECUTION", "ACT_RU_TASK", "ACT_RU_IDENTITYLINK", "ACT_RU_VARIABLE");

    private static final Set<String> IDS = Set.of(
            "ID_", "ROOT_PROC_INST_ID_", "PROC_INST_ID_", "EXECUTION_ID_", "PARENT_ID_", "TASK_ID_", "VAR_SCOPE_");

    private final MySqlDatabase database;

    StoredChanges(MySqlDatabase database) {
        this.database = database;
    }

    /** Adds changes until there are {@code total}; {@code original} is the number of one that waits for its review. */
    void fillUpTo(long total, String original) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set cte_max_recursion_depth = 10000000, foreign_key_checks = 0");
            long last = number(statement, "select max(id) from change_request");
            long missing = total - number(statement, "select count(*) from change_request");
            addChanges(statement, last, missing);
            String process = text(
                    statement, "select PROC_INST_ID_ from ACT_RU_EXECUTION where BUSINESS_KEY_ = '" + original + "'");
            for (String table : ENGINE_TABLES) {
                copy(statement, table, process, last);
            }
            statement.execute("analyze table change_request, change_service, " + String.join(", ", ENGINE_TABLES));
        }
    }

    private static void addChanges(Statement statement, long last, long missing) throws SQLException {
        statement.execute(
                """
                insert into change_request (id, version, type, state, title, environment_key, requester,
                    window_starts_at, window_ends_at, data_migration, downtime, backout_tested, approval_round, risk,
                    rolled_back, created_at)
                with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)
                select %d + i, 5, 'NORMAL', if(i %% 10 = 0, 'ASSESS', 'CLOSED'), 'Upgrade the compute service',
                    if(i %% 20 = 0, 'staging', 'production'), concat('person', i %% 97),
                    utc_timestamp(6) - interval i minute, utc_timestamp(6) - interval i - 60 minute, false, false, true,
                    1, 'MODERATE', false, utc_timestamp(6) - interval i minute
                from n"""
                        .formatted(missing, last));
        statement.execute(
                """
                insert into change_service (change_id, service_key)
                select id, concat('bench-', lpad(id %% %d, 2, '0')) from change_request where id > %d"""
                        .formatted(Organisation.SERVICES, last));
    }

    private static void copy(Statement statement, String table, String process, long last) throws SQLException {
        List<String> columns = columns(statement, table);
        List<String> values = columns.stream().map(StoredChanges::value).toList();
        String key = columns.contains("PROC_INST_ID_")
                ? "t.PROC_INST_ID_ = '" + process + "'"
                : "t.TASK_ID_ in (select ID_ from ACT_RU_TASK where PROC_INST_ID_ = '" + process + "')";
        statement.execute("insert into " + table + " (" + String.join(", ", columns) + ") select "
                + String.join(", ", values) + " from " + table + " t join change_request c on c.id > " + last
                + " and c.state = 'ASSESS' where " + key);
    }

    private static String value(String column) {
        if (IDS.contains(column)) {
            return "concat(c.id, '-', t." + column + ")";
        }
        return switch (column) {
            case "BUSINESS_KEY_" -> "if(t.BUSINESS_KEY_ is null, null, concat('CHG-', lpad(c.id, 6, '0')))";
            case "CREATE_TIME_" -> "c.created_at";
            case "GROUP_ID_" ->
                "case when c.id % 500 = 0 then 'release-manager' when c.id % 50 = 0 then 'ops-lead' else t.GROUP_ID_ end";
            default -> "t." + column;
        };
    }

    private static List<String> columns(Statement statement, String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "select column_name from information_schema.columns where table_schema = database()"
                        + " and table_name = '" + table + "' order by ordinal_position")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
            }
        }
        return columns;
    }

    private static long number(Statement statement, String query) throws SQLException {
        return Long.parseLong(text(statement, query));
    }

    private static String text(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
