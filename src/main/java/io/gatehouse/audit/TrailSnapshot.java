package io.gatehouse.audit;

import io.gatehouse.audit.verify.Difference;
import io.gatehouse.audit.verify.Reconciliation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/** Compares tables and trail as both were at one moment, while people go on working. */
@Component
class TrailSnapshot {

    /** As many changes, and records of each kind, of the round through all of them as are compared at a time. */
    private static final int ROUND = 500;

    private static final String ROLLOUT = "ROL-";

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
     * Compares what is under way, what the trail has told something new about, what is known to differ, the next of the
     * round through everything, and every template: as much work as there is going on, however much there has been.
     */
    Comparison next(DifferenceRows.Position from) {
        return in(connection -> {
            Reconciliation reconciliation = new Reconciliation(connection);
            SortedSet<String> objects = new TreeSet<>(
                    texts(connection, "select distinct object from audit_entry where n > ?", from.entry()));
            objects.addAll(texts(
                    connection,
                    "select distinct object from audit_difference where gone_at is null and id > ? limit " + ROUND,
                    0));
            Map<String, String> positions = new HashMap<>();
            Set<Long> rollouts = rollouts(connection, from, objects, positions);
            for (String kind : Reconciliation.kinds()) {
                SortedSet<String> page =
                        reconciliation.next(kind, from.records().getOrDefault(kind, ""), ROUND);
                positions.put(kind, page.isEmpty() ? "" : page.last());
                objects.addAll(page);
            }
            List<Long> round = ids(
                    connection, "select id from change_request where id > ? order by id limit " + ROUND, from.change());
            Set<Long> changes = new TreeSet<>(round);
            changes.addAll(ids(
                    connection,
                    "select id from change_request where state not in ('CLOSED', 'CANCELED') and id > ?",
                    0));
            objects.stream().filter(TrailSnapshot::isChange).forEach(number -> changes.add(idOf(number)));
            changes.forEach(id -> objects.add("CHG-%06d".formatted(id)));
            List<Difference> found = new ArrayList<>(reconciliation.changes(changes));
            found.addAll(reconciliation.rollouts(rollouts));
            found.addAll(reconciliation.records(objects));
            found.addAll(reconciliation.templates());
            return new Comparison(
                    List.copyOf(objects),
                    found,
                    new DifferenceRows.Position(
                            head(connection), round.size() < ROUND ? 0 : round.get(ROUND - 1), positions));
        });
    }

    private static Set<Long> rollouts(
            Connection connection,
            DifferenceRows.Position from,
            SortedSet<String> objects,
            Map<String, String> positions)
            throws SQLException {
        List<Long> round = ids(
                connection,
                "select id from rollout where id > ? order by id limit " + ROUND,
                Long.parseLong(from.records().getOrDefault(ROLLOUT, "0")));
        positions.put(ROLLOUT, round.size() < ROUND ? "0" : String.valueOf(round.get(ROUND - 1)));
        Set<Long> rollouts = new TreeSet<>(round);
        rollouts.addAll(ids(
                connection,
                "select id from rollout where state in ('WAITING', 'RUNNING', 'ABORTING', 'ROLLING_BACK') and id > ?",
                0));
        objects.stream()
                .filter(object -> object.matches(ROLLOUT + "\\d{6,18}"))
                .forEach(object -> rollouts.add(Long.parseLong(object.substring(ROLLOUT.length()))));
        rollouts.forEach(id -> objects.add(ROLLOUT + "%06d".formatted(id)));
        return rollouts;
    }

    private static boolean isChange(String object) {
        return object.matches("CHG-\\d{6,18}");
    }

    private static long head(Connection connection) throws SQLException {
        return ids(connection, "select n from audit_head where id = 1 and n >= ?", 0)
                .get(0);
    }

    private static List<String> texts(Connection connection, String sql, long after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, after);
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
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
