package io.gatehouse.audit.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A column as text, whatever database it comes from: numbers in decimal, {@code true} or {@code false}, moments in UTC
 * without fractions of seconds, bytes in hexadecimal.
 */
final class ColumnText {

    private ColumnText() {}

    static @Nullable String of(ResultSet row, String column) throws SQLException {
        return of(row, row.findColumn(column));
    }

    static @Nullable String of(ResultSet row, int index) throws SQLException {
        if (row.getObject(index) == null) {
            return null;
        }
        return switch (row.getMetaData().getColumnType(index)) {
            case Types.TIMESTAMP -> row.getObject(index, LocalDateTime.class)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toInstant(ZoneOffset.UTC)
                    .toString();
            case Types.BIT, Types.BOOLEAN, Types.TINYINT -> Boolean.toString(row.getBoolean(index));
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> HexFormat.of()
                    .formatHex(row.getBytes(index));
            default -> row.getString(index);
        };
    }
}
