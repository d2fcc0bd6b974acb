package io.gatehouse.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the engine's tables on MySQL before the engine would, from its own scripts but with four-byte characters: its
 * scripts say {@code utf8}, which MySQL takes for three bytes, and a comment with an emoji in it would then fail.
 */
class EngineTables {

    private static final List<String> PARTS =
            List.of("engine", "identity", "history", "decision.engine", "decision.history");

    private EngineTables() {}

    static void createOnMySql(DataSource database) {
        try (Connection connection = database.getConnection()) {
            if (connection.getMetaData().getDatabaseProductName().equals("MySQL")) {
                inTurn(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The engine's tables cannot be created", e);
        }
    }

    /** Nodes that start at the same moment on an empty database follow one another. */
    private static void inTurn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select get_lock(concat(database(), '.engine-tables'), 60)");
            try {
                if (!exist(connection)) {
                    PARTS.forEach(part -> ScriptUtils.executeSqlScript(connection, script(part)));
                }
            } finally {
                statement.execute("select release_lock(concat(database(), '.engine-tables'))");
            }
        }
    }

    private static boolean exist(Connection connection) throws SQLException {
        try (var tables = connection
                .getMetaData()
                .getTables(connection.getCatalog(), null, "ACT_GE_PROPERTY", new String[] {"TABLE"})) {
            return tables.next();
        }
    }

    private static ByteArrayResource script(String part) {
        String path = "org/camunda/bpm/engine/db/create/activiti.mysql.create." + part + ".sql";
        try {
            String stock = new ClassPathResource(path).getContentAsString(StandardCharsets.UTF_8);
            String wide = stock.replace("CHARSET=utf8 COLLATE utf8_bin", "CHARSET=utf8mb4 COLLATE utf8mb4_bin");
            return new ByteArrayResource(wide.getBytes(StandardCharsets.UTF_8), path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
