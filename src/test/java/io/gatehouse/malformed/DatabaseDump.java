package io.gatehouse.malformed;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Every column of every row of every table as text, by the name of the table in lower case. */
public final class DatabaseDump {

    private static final Set<Integer> BINARY =
            Set.of(Types.BLOB, Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BIT);

    private DatabaseDump() {}

    /** As it is now. */
    public static Map<String, String> of(DataSource source) throws SQLException {
        Map<String, String> dump = new TreeMap<>();
        try (Connection connection = source.getConnection();
                ResultSet tables = connection
                        .getMetaData()
                        .getTables(connection.getCatalog(), connection.getSchema(), "%", null)) {
            while (tables.next()) {
                String table = tables.getString("TABLE_NAME");
                dump.put(table.toLowerCase(java.util.Locale.ROOT), rows(connection, table));
            }
        }
        return dump;
    }

    private static String rows(Connection connection, String table) throws SQLException {
        String quote = connection.getMetaData().getIdentifierQuoteString();
        StringBuilder text = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + quote + table + quote)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    text.append(column(rows, i)).append('\t');
                }
                text.append('\n');
            }
        }
        return text.toString();
    }

    private static String column(ResultSet rows, int i) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        if (!BINARY.contains(columns.getColumnType(i))) {
            return String.valueOf(rows.getString(i));
        }
        byte[] bytes = rows.getBytes(i);
        return bytes == null
                ? "null"
                : new String(bytes, StandardCharsets.ISO_8859_1)
                        + ' '
                        + HexFormat.of().formatHex(bytes);
    }
}
