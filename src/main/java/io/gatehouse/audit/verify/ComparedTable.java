package io.gatehouse.audit.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table that is compared.
 *
 * @param columns what is digested, in this order
 * @param later columns that the table did not have at first, digested after the others where they are not absent: so a row
 *     of before has the digest it had
 * @param named columns that came later still, digested after those in the same way, each with its name before its value: so
 *     no value can pass for that of another column
 * @param others every other column, with the reason why it is not digested or with what looks at it
 */
record ComparedTable(
        String name, List<String> columns, List<String> later, List<String> named, Map<String, String> others) {

    static ComparedTable of(String name, String... columns) {
        return new ComparedTable(name, List.of(columns), List.of(), List.of(), Map.of());
    }

    ComparedTable later(String... added) {
        return new ComparedTable(name, columns, List.of(added), named, others);
    }

    ComparedTable named(String... added) {
        return new ComparedTable(name, columns, later, List.of(added), others);
    }

    ComparedTable without(String column, String reason) {
        Map<String, String> all = new TreeMap<>(others);
        all.put(column, reason);
        return new ComparedTable(name, columns, later, named, all);
    }

    List<@Nullable String> values(ResultSet row) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (String column : columns) {
            values.add(ColumnText.of(row, column));
        }
        for (String column : later) {
            String value = ColumnText.of(row, column);
            if (value != null) {
                values.add(value);
            }
        }
        for (String column : named) {
            String value = ColumnText.of(row, column);
            if (value != null) {
                values.add(column);
                values.add(value);
            }
        }
        return values;
    }

    String digest(ResultSet row) throws SQLException {
        RowDigest digest = new RowDigest();
        values(row).forEach(digest::text);
        return digest.hex();
    }
}
