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
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares what the tables say about changes with what the audit trail says, and so finds what was written past the
 * product. It believes the trail: whether that was altered is for {@link AuditVerifier} to find. Six statements for each
 * {@value #PAGE} changes, all on indexes, whatever else there is.
 *
 * <p>Not compared: who else had a part in a change ({@code change_duty}), rollouts, freezes and the catalog.
 */
public final class Reconciliation {

    /** As many changes as are compared at a time. */
    static final int PAGE = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    @FunctionalInterface
    private interface Reader {

        void read(ResultSet row) throws SQLException;
    }

    private final Connection connection;

    /** @param connection within one snapshot, or what people do meanwhile looks like a difference */
    public Reconciliation(Connection connection) {
        this.connection = connection;
    }

    /** Compares every change there is or ever was, and every template. */
    public List<Difference> all() throws SQLException {
        List<Difference> found = new ArrayList<>(templates());
        long last = Math.max(number("select max(id) from change_request"), newestInTrail());
        for (long first = 1; first <= last; first += PAGE) {
            found.addAll(between(first, Math.min(last, first + PAGE - 1)));
        }
        return found;
    }

    private List<Difference> between(long first, long last) throws SQLException {
        List<Long> ids = new ArrayList<>();
        for (long id = first; id <= last; id++) {
            ids.add(id);
        }
        return page(ids);
    }

    /** Compares these changes, whether they are in the table or not. */
    public List<Difference> changes(Collection<Long> ids) throws SQLException {
        List<Long> sorted = List.copyOf(new TreeSet<>(ids));
        List<Difference> found = new ArrayList<>();
        for (int start = 0; start < sorted.size(); start += PAGE) {
            found.addAll(page(sorted.subList(start, Math.min(start + PAGE, sorted.size()))));
        }
        return found;
    }

    private List<Difference> page(List<Long> ids) throws SQLException {
        SortedMap<String, StoredChange> stored = new TreeMap<>();
        SortedMap<String, TrailedChange> trailed = new TreeMap<>();
        for (long id : ids) {
            stored.put(numberOf(id), new StoredChange());
            trailed.put(numberOf(id), new TrailedChange());
        }
        List<String> numbers = List.copyOf(stored.keySet());
        each("select * from change_request where id in", ids, "", row -> of(stored, row, "id")
                .row(row));
        each("select * from change_service where change_id in", ids, "", row -> of(stored, row, "change_id")
                .service(row));
        each("select * from change_link where change_id in", ids, " order by change_id, position", row -> of(
                        stored, row, "change_id")
                .link(row));
        each("select * from change_approval where change_id in", ids, "", row -> of(stored, row, "change_id")
                .vote(row));
        each("select * from rollout_plan where planned_for in", numbers, "", row -> stored.computeIfAbsent(
                        row.getString("planned_for"), number -> new StoredChange())
                .plan(row));
        each(
                "select n, action, object, payload from audit_entry where object in",
                numbers,
                " order by n",
                row -> trailed.computeIfAbsent(row.getString("object"), number -> new TrailedChange())
                        .entry(row.getLong("n"), row.getString("action"), payload(row)));
        List<Difference> found = new ArrayList<>();
        stored.forEach((number, change) -> found.addAll(
                ChangeComparison.of(number, change, trailed.computeIfAbsent(number, unknown -> new TrailedChange()))));
        return found;
    }

    /** Compares the templates, each of which authorises changes in advance. */
    public List<Difference> templates() throws SQLException {
        return new TemplateComparison(connection).run();
    }

    private static StoredChange of(Map<String, StoredChange> stored, ResultSet row, String id) throws SQLException {
        return stored.computeIfAbsent(numberOf(row.getLong(id)), number -> new StoredChange());
    }

    private void each(String sql, List<?> values, String order, Reader reader) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        try (PreparedStatement statement = connection.prepareStatement(sql + " (" + marks + ")" + order)) {
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

    private long newestInTrail() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select object from audit_entry where action = 'change.Raised' order by n desc limit 1");
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? Long.parseLong(rows.getString(1).substring("CHG-".length())) : 0;
        }
    }

    private long number(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    static JsonNode payload(ResultSet row) throws SQLException {
        try {
            return JSON.readTree(row.getString("payload"));
        } catch (JsonProcessingException e) {
            throw new SQLException("Entry " + row.getLong("n") + " of the trail cannot be read", e);
        }
    }

    private static String numberOf(long id) {
        return "CHG-%06d".formatted(id);
    }
}
