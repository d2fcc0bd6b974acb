package io.gatehouse.audit.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Reads rows within one snapshot. */
record Statements(Connection connection) {

    private static final ObjectMapper JSON = new ObjectMapper();

    @FunctionalInterface
    interface Reader {

        void read(ResultSet row) throws SQLException;
    }

    /** Reads the rows in which something is one of these values; none if there are no values. */
    void each(String sql, Collection<?> values, String rest, Reader reader) throws SQLException {
        if (!values.isEmpty()) {
            String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
            read(sql + " (" + marks + ")" + rest, List.copyOf(values), reader);
        }
    }

    void read(String sql, List<?> values, Reader reader) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.read(rows);
                }
            }
        }
    }

    /** The first column of every row. */
    List<String> texts(String sql, Object... values) throws SQLException {
        List<String> texts = new ArrayList<>();
        read(sql, List.of(values), row -> texts.add(Objects.requireNonNull(ColumnText.of(row, 1))));
        return texts;
    }

    static JsonNode payload(ResultSet row) throws SQLException {
        try {
            return JSON.readTree(row.getString("payload"));
        } catch (JsonProcessingException e) {
            throw new SQLException("Entry " + row.getLong("n") + " of the trail cannot be read", e);
        }
    }
}
