package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The counters of a MySQL server and the processor time of the server under test, at one moment.
 *
 * @param databaseTime processor time of the MySQL that was started for us; zero if it was given
 */
record Meter(Map<String, Long> counters, Duration processorTime, Duration databaseTime) {

    static Meter read(MySqlDatabase database, Server server) throws SQLException {
        Map<String, Long> counters = new HashMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        show global status where variable_name in ('Questions', 'Com_select', 'Com_insert',
                            'Com_update', 'Com_delete', 'Com_commit', 'Com_rollback', 'Innodb_rows_inserted',
                            'Innodb_rows_updated', 'Innodb_rows_deleted', 'Innodb_rows_read', 'Innodb_os_log_written')""")) {
            while (rows.next()) {
                counters.put(rows.getString(1), rows.getLong(2));
            }
        }
        return new Meter(counters, server.processorTime(), databaseTimeNow());
    }

    private static Duration databaseTimeNow() {
        return ProcessHandle.current()
                .descendants()
                .map(ProcessHandle::info)
                .filter(process -> !process.command().orElse("java").endsWith("java"))
                .flatMap(process -> process.totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Prints what was spent since {@code before}, per life. */
    void print(Meter before, long lives) {
        System.out.printf(
                "    per life: %.1f statements (%.1f select, %.1f insert, %.1f update, %.1f delete), %.1f commits,"
                        + " %.1f rollbacks, %.1f round trips%n",
                since(before, lives, "Com_select", "Com_insert", "Com_update", "Com_delete"),
                since(before, lives, "Com_select"),
                since(before, lives, "Com_insert"),
                since(before, lives, "Com_update"),
                since(before, lives, "Com_delete"),
                since(before, lives, "Com_commit"),
                since(before, lives, "Com_rollback"),
                since(before, lives, "Questions"));
        System.out.printf(
                "    per life: %.1f rows inserted, %.1f updated, %.1f deleted, %.0f read; %.0f KB redo;"
                        + " processor time %.0f ms in the server, %.0f ms in the database%n",
                since(before, lives, "Innodb_rows_inserted"),
                since(before, lives, "Innodb_rows_updated"),
                since(before, lives, "Innodb_rows_deleted"),
                since(before, lives, "Innodb_rows_read"),
                since(before, lives, "Innodb_os_log_written") / 1024,
                (double) processorTime.minus(before.processorTime).toMillis() / lives,
                (double) databaseTime.minus(before.databaseTime).toMillis() / lives);
    }

    private double since(Meter before, long lives, String... names) {
        return List.of(names).stream()
                        .mapToLong(name -> counters.getOrDefault(name, 0L) - before.counters.getOrDefault(name, 0L))
                        .sum()
                / (double) lives;
    }
}
