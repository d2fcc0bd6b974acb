package io.gatehouse.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Creates the engine's tables on MySQL before the engine would, from its own scripts but with four-byte characters: its
 * scripts say {@code utf8}, which MySQL takes for three bytes, and a comment with an emoji in it would then fail.
 *
 * <p>And without the two keys by which incidents refer to incidents. Most refer to themselves; such a row InnoDB deletes
 * only if the key cascades, and MySQL 9.7 follows two cascades round and round until it gives up ("Foreign key cascade
 * delete/update exceeds max tables limit"), so that a job that has failed could never go on. The engine deletes what
 * refers to an incident by itself.
 *
 * <p>And without the engine's indexes of the steps of past processes but the one by which those of a process are found:
 * nobody asks for steps in another way, and to keep ten indexes costs each change more than to keep the steps (ADR 60).
 */
class EngineTables {

    private static final List<String> PARTS =
            List.of("engine", "identity", "history", "decision.engine", "decision.history");

    private static final Set<String> CAUSES = Set.of("ACT_FK_INC_CAUSE", "ACT_FK_INC_RCAUSE");

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
                for (String key : keysOfCauses(statement)) {
                    statement.execute("alter table ACT_RU_INCIDENT drop foreign key " + key);
                }
                for (String index : needlessIndexesOfSteps(statement)) {
                    statement.execute("drop index " + index + " on ACT_HI_ACTINST");
                }
            } finally {
                statement.execute("select release_lock(concat(database(), '.engine-tables'))");
            }
        }
    }

    /** Also in databases that an earlier release made. */
    private static List<String> keysOfCauses(Statement statement) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet keys = statement.executeQuery(
                """
                select constraint_name from information_schema.referential_constraints
                where constraint_schema = database() and table_name = 'ACT_RU_INCIDENT'""")) {
            while (keys.next()) {
                if (CAUSES.contains(keys.getString(1))) {
                    found.add(keys.getString(1));
                }
            }
        }
        return found;
    }

    /** Of the engine's own: what an operator has made stays. */
    private static List<String> needlessIndexesOfSteps(Statement statement) throws SQLException {
        List<String> found = new ArrayList<>();
        try (ResultSet indexes = statement.executeQuery(
                """
                select distinct index_name from information_schema.statistics
                where table_schema = database() and table_name = 'ACT_HI_ACTINST'
                    and left(index_name, 11) = 'ACT_IDX_HI_' and index_name <> 'ACT_IDX_HI_ACT_INST_PROCINST'""")) {
            while (indexes.next()) {
                found.add(indexes.getString(1));
            }
        }
        return found;
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
