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
 * @param others every other column, with the reason why it is not digested or with what looks at it
 */
record ComparedTable(String name, List<String> columns, Map<String, String> others) {

    static ComparedTable of(String name, String... columns) {
        return new ComparedTable(name, List.of(columns), Map.of());
    }

    ComparedTable without(String column, String reason) {
        Map<String, String> all = new TreeMap<>(others);
        all.put(column, reason);
        return new ComparedTable(name, columns, all);
    }

    List<@Nullable String> values(ResultSet row) throws SQLException {
        List<@Nullable String> values = new ArrayList<>();
        for (String column : columns) {
            values.add(ColumnText.of(row, column));
        }
        return values;
    }

    String digest(ResultSet row) throws SQLException {
        RowDigest digest = new RowDigest();
        values(row).forEach(digest::text);
        return digest.hex();
    }
}
