package io.gatehouse.audit;

import io.gatehouse.audit.verify.Difference;
import io.gatehouse.audit.verify.Reconciliation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Compares tables and trail as both were at one moment, while people go on working. */
@Component
class TrailSnapshot {

    /** As many changes of the round through all of them as are compared at a time. */
    private static final int ROUND = 500;

    /**
     * What a comparison found.
     *
     * @param objects what was compared
     * @param next where the following one begins
     */
    record Comparison(List<String> objects, List<Difference> differences, DifferenceRows.Position next) {}

    @FunctionalInterface
    private interface Work<T> {

        T in(Connection connection) throws SQLException;
    }

    private final DataSource database;

    TrailSnapshot(DataSource database) {
        this.database = database;
    }

    /** Compares everything. */
    List<Difference> all() {
        return in(connection -> new Reconciliation(connection).all());
    }

    /**
     * Compares what is under way, what the trail has told something new about, the next changes in the round through all
     * of them, and every template: as much work as there is going on, however many changes there have been.
     */
    Comparison next(DifferenceRows.Position from) {
        return in(connection -> {
            Set<Long> ids = new TreeSet<>(ids(
                    connection,
                    "select id from change_request where state not in ('CLOSED', 'CANCELED') and id > ?",
                    0));
            objectsAfter(connection, from.entry()).forEach(number -> ids.add(idOf(number)));
            List<Long> round = ids(
                    connection, "select id from change_request where id > ? order by id limit " + ROUND, from.change());
            ids.addAll(round);
            long entry = ids(connection, "select n from audit_head where id = 1 and n >= ?", 0)
                    .get(0);
            Reconciliation reconciliation = new Reconciliation(connection);
            List<Difference> found = new ArrayList<>(reconciliation.changes(ids));
            List<Difference> templates = reconciliation.templates();
            found.addAll(templates);
            return new Comparison(
                    objects(connection, ids),
                    found,
                    new DifferenceRows.Position(entry, round.size() < ROUND ? 0 : round.get(ROUND - 1)));
        });
    }

    private static List<String> objects(Connection connection, Set<Long> ids) throws SQLException {
        List<String> objects = new ArrayList<>();
        ids.forEach(id -> objects.add("CHG-%06d".formatted(id)));
        try (PreparedStatement statement = connection.prepareStatement(
                        "select object from audit_difference where gone_at is null and object like 'template-%'");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                objects.add(rows.getString(1));
            }
        }
        return objects;
    }

    private static List<String> objectsAfter(Connection connection, long entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select distinct object from audit_entry where n > ? and object like 'CHG-%'")) {
            statement.setLong(1, entry);
            List<String> objects = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    objects.add(rows.getString(1));
                }
            }
            return objects;
        }
    }

    private static List<Long> ids(Connection connection, String sql, long after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, after);
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        }
    }

    private static long idOf(String number) {
        return Long.parseLong(number.substring("CHG-".length()));
    }

    /** On a connection of its own, because another isolation can only be set outside of a transaction. */
    private <T> T in(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setReadOnly(true);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                return work.in(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The tables could not be compared with the audit trail", e);
        }
    }
}
