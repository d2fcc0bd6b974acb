package io.gatehouse.bench;

import io.gatehouse.testing.MySqlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every statement the server was sent in a while, grouped by its shape, from MySQL's general log. */
final class StatementLog {

    private final MySqlDatabase database;

    StatementLog(MySqlDatabase database) throws SQLException {
        this.database = database;
        execute("set global log_output = 'TABLE'", "truncate table mysql.general_log", "set global general_log = 'ON'");
    }

    /** Ends the log and prints it, the most frequent statements first. */
    void print() throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        for (String statement : end()) {
            counts.merge(shape(statement), 1, Integer::sum);
        }
        System.out.printf("%5d  in all%n", counts.values().stream().mapToInt(Integer::intValue).sum());
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> System.out.printf("%5d  %s%n", entry.getValue(), entry.getKey()));
    }

    /** Ends the log and runs each of its queries about changes or tasks again, printing how MySQL found the rows. */
    void explain() throws SQLException {
        for (String query : end()) {
            if (query.matches("(?s)select .*(change_request|ACT_RU_TASK) .*")) {
                read("explain analyze " + query).forEach(plan -> System.out.println(plan.indent(6)));
            }
        }
    }

    private List<String> end() throws SQLException {
        execute("set global general_log = 'OFF'");
        return read("select convert(argument using utf8mb4) from mysql.general_log where command_type in ('Query', 'Execute')");
    }

    private List<String> read(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private static String shape(String statement) {
        String plain = statement.replaceAll("/\\*.*?\\*/", "")
                .replaceAll("\\s+", " ")
                .replaceAll("'([^'\\\\]|\\\\.)*'", "?")
                .replaceAll("\\b\\d+\\b", "?")
                .replaceAll("x\\?", "?")
                .strip()
                .toLowerCase(java.util.Locale.ROOT);
        return plain.substring(0, Math.min(plain.length(), 400));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
