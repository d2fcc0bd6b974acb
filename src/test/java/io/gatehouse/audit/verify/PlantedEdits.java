package io.gatehouse.audit.verify;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes past the product into any table, with whatever there is in a row, and takes it back. */
final class PlantedEdits implements AutoCloseable {

    private final Connection connection;
    private final boolean h2;

    PlantedEdits(Connection connection) throws SQLException {
        this.connection = connection;
        this.h2 = connection.getMetaData().getURL().startsWith("jdbc:h2");
        connection.setAutoCommit(true);
        execute(h2 ? "set referential_integrity false" : "set foreign_key_checks = 0");
        connection.setAutoCommit(false);
    }

    /** Alters a column of the first such row. */
    void update(String table, String owner, Object key, String column) throws SQLException {
        Map<String, @Nullable Object> row = first(table, owner, key);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(altered(row.get(column.toLowerCase(Locale.ROOT)), typeOf(table, column)));
        String where = identity(row, values);
        run("update " + table + " set " + column + " = ? where " + where, values);
    }

    void delete(String table, String owner, Object key) throws SQLException {
        run("delete from " + table + " where " + owner + " = ?", List.of(key));
    }

    /** Adds a row like the first one, but for these columns. */
    void insert(String table, String owner, Object key, List<String> columns) throws SQLException {
        Map<String, @Nullable Object> row = first(table, owner, key);
        for (String column : columns) {
            String name = column.toLowerCase(Locale.ROOT);
            row.put(name, altered(row.get(name), typeOf(table, column)));
        }
        if (row.containsKey("live")) {
            row.put("live", null);
        }
        String marks = String.join(", ", row.keySet().stream().map(name -> "?").toList());
        run(
                "insert into " + table + " (" + String.join(", ", row.keySet()) + ") values (" + marks + ")",
                new ArrayList<>(row.values()));
    }

    private Map<String, @Nullable Object> first(String table, String owner, Object key) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select * from " + table + " where " + owner + " = ?")) {
            statement.setObject(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new AssertionError("Nothing in " + table + " to alter");
                }
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                ResultSetMetaData columns = rows.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    row.put(columns.getColumnName(i).toLowerCase(Locale.ROOT), value(rows, i));
                }
                return row;
            }
        }
    }

    private static @Nullable Object value(ResultSet row, int i) throws SQLException {
        if (row.getObject(i) == null) {
            return null;
        }
        return switch (row.getMetaData().getColumnType(i)) {
            case Types.TIMESTAMP -> row.getObject(i, LocalDateTime.class);
            case Types.DATE -> row.getObject(i, LocalDate.class);
            case Types.BIT, Types.BOOLEAN, Types.TINYINT -> row.getBoolean(i);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> row.getBytes(i);
            case Types.INTEGER, Types.BIGINT -> row.getLong(i);
            case Types.DECIMAL, Types.NUMERIC -> row.getBigDecimal(i);
            default -> row.getString(i);
        };
    }

    private int typeOf(String table, String column) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select " + column + " from " + table + " where 1 = 0")) {
            return none.getMetaData().getColumnType(1);
        }
    }

    private static Object altered(@Nullable Object value, int type) {
        return switch (type) {
            case Types.DATE -> value == null ? LocalDate.of(2026, 1, 1) : ((LocalDate) value).plusDays(1);
            case Types.TIMESTAMP -> value == null
                    ? LocalDateTime.of(2026, 1, 1, 0, 0)
                    : ((LocalDateTime) value).plusSeconds(1);
            case Types.BIT, Types.BOOLEAN, Types.TINYINT -> value == null || !(Boolean) value;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> flipped(
                    value == null ? new byte[1] : (byte[]) value);
            case Types.INTEGER, Types.BIGINT -> value == null ? 7L : (Long) value + 1000;
            case Types.DECIMAL, Types.NUMERIC -> value == null
                    ? BigDecimal.ONE
                    : ((BigDecimal) value).add(new BigDecimal("0.01"));
            default -> text((String) value);
        };
    }

    private static byte[] flipped(byte[] value) {
        byte[] other = value.clone();
        other[0] ^= 1;
        return other;
    }

    private static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "x";
        }
        char last = value.charAt(value.length() - 1);
        return value.substring(0, value.length() - 1) + (last == 'x' ? 'y' : 'x');
    }

    /** Short columns are enough to tell rows of one owner apart. */
    private static String identity(Map<String, @Nullable Object> row, List<@Nullable Object> values) {
        List<String> conditions = new ArrayList<>();
        row.forEach((name, value) -> {
            if (value instanceof String text && text.length() <= 100 || value instanceof byte[]) {
                conditions.add(name + " = ?");
                values.add(value);
            } else if (name.equals("id") || name.equals("position")) {
                conditions.add(name + " = ?");
                values.add(value);
            }
        });
        return String.join(" and ", conditions);
    }

    private void run(String sql, List<@Nullable Object> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            if (statement.executeUpdate() == 0) {
                throw new AssertionError("Nothing was altered by " + sql);
            }
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        execute(h2 ? "set referential_integrity true" : "set foreign_key_checks = 1");
    }
}
