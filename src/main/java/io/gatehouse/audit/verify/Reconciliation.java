package io.gatehouse.audit.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Compares what the tables say with what the audit trail says, and so finds what was written past the
 * product. It believes the trail: whether that was altered is for {@link AuditVerifier} to find. Eight statements for each
 * {@value #PAGE} changes, all on indexes, whatever else there is. What is compared, and what is not, is in
 * {@link ComparedTables}.
 */
public final class Reconciliation {

    /** As many changes as are compared at a time. */
    static final int PAGE = 200;

    private final Connection connection;
    private final Statements statements;

    /** @param connection within one snapshot, or what people do meanwhile looks like a difference */
    public Reconciliation(Connection connection) {
        this.connection = connection;
        this.statements = new Statements(connection);
    }

    /** Compares everything there is or ever was, a page at a time. */
    public List<Difference> all() throws SQLException {
        List<Difference> found = new ArrayList<>(templates());
        long last = Math.max(number("select max(id) from change_request"), newest("change.Raised", "CHG-"));
        for (long first = 1; first <= last; first += PAGE) {
            found.addAll(page(range(first, Math.min(last, first + PAGE - 1))));
        }
        long lastRollout = Math.max(number("select max(id) from rollout"), newest("rollout.Opened", "ROL-"));
        for (long first = 1; first <= lastRollout; first += PAGE) {
            found.addAll(rollouts(range(first, Math.min(lastRollout, first + PAGE - 1))));
        }
        for (String kind : kinds()) {
            for (SortedSet<String> page = next(kind, "", PAGE); !page.isEmpty(); page = next(kind, page.last(), PAGE)) {
                found.addAll(records(page));
            }
        }
        return found;
    }

    /** Compares these rollouts, whether they are in the table or not. */
    public List<Difference> rollouts(Collection<Long> ids) throws SQLException {
        List<Long> sorted = List.copyOf(new TreeSet<>(ids));
        List<Difference> found = new ArrayList<>();
        for (int start = 0; start < sorted.size(); start += PAGE) {
            found.addAll(rolloutPage(sorted.subList(start, Math.min(start + PAGE, sorted.size()))));
        }
        return found;
    }

    private List<Difference> rolloutPage(List<Long> ids) throws SQLException {
        SortedMap<String, StoredRollout> stored = new TreeMap<>();
        SortedMap<String, TrailedRollout> trailed = new TreeMap<>();
        ids.forEach(id -> stored.put(rolloutOf(id), new StoredRollout()));
        ids.forEach(id -> trailed.put(rolloutOf(id), new TrailedRollout()));
        statements.each("select * from rollout where id in", ids, "", row -> rollout(stored, row, "id")
                .row(row));
        statements.each(
                "select * from rollout_step where rollout_id in", ids, "", row -> rollout(stored, row, "rollout_id")
                        .step(row));
        statements.each(
                "select * from rollout_command where rollout_id in", ids, "", row -> rollout(stored, row, "rollout_id")
                        .command(row));
        statements.each(
                "select r.*, c.rollout_id, c.seq, c.kind, c.attempt from rollout_report r"
                        + " join rollout_command c on c.id = r.command_id where c.rollout_id in",
                ids,
                "",
                row -> rollout(stored, row, "rollout_id").report(row));
        statements.each(
                "select * from rollout_target where rollout_id in", ids, "", row -> rollout(stored, row, "rollout_id")
                        .target(row));
        statements.each(
                "select n, action, object, payload from audit_entry where object in",
                List.copyOf(stored.keySet()),
                " order by n",
                row -> trailed.computeIfAbsent(row.getString("object"), number -> new TrailedRollout())
                        .entry(row.getLong("n"), row.getString("action"), Statements.payload(row)));
        List<Difference> found = new ArrayList<>();
        stored.forEach((number, rollout) -> found.addAll(RolloutComparison.of(
                number, rollout, trailed.computeIfAbsent(number, unknown -> new TrailedRollout()))));
        return found;
    }

    private static StoredRollout rollout(Map<String, StoredRollout> stored, ResultSet row, String id)
            throws SQLException {
        return stored.computeIfAbsent(rolloutOf(row.getLong(id)), number -> new StoredRollout());
    }

    private static String rolloutOf(long id) {
        return "ROL-%06d".formatted(id);
    }

    /** The kinds of records that the trail describes whole, by how their names begin. */
    public static List<String> kinds() {
        return ComparedTables.RECORDS.stream().map(RecordKind::prefix).toList();
    }

    /** The names of the records of a kind that come after one, or from the beginning after the empty one. */
    public SortedSet<String> next(String kind, String after, int limit) throws SQLException {
        return new RecordComparison(connection, ComparedTables.kindOf(kind)).next(after, limit);
    }

    /** Compares the records that are named, whether they are in a table or not; names of other things are passed over. */
    public List<Difference> records(Collection<String> objects) throws SQLException {
        List<Difference> found = new ArrayList<>();
        for (RecordKind kind : ComparedTables.RECORDS) {
            List<String> names = objects.stream().filter(kind::names).sorted().toList();
            for (int start = 0; start < names.size(); start += PAGE) {
                found.addAll(new RecordComparison(connection, kind)
                        .of(names.subList(start, Math.min(start + PAGE, names.size()))));
            }
        }
        return found;
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
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
        statements.each("select * from change_request where id in", ids, "", row -> of(stored, row, "id")
                .row(row));
        statements.each("select * from change_service where change_id in", ids, "", row -> of(stored, row, "change_id")
                .service(row));
        statements.each("select * from change_link where change_id in", ids, " order by change_id, position", row -> of(
                        stored, row, "change_id")
                .link(row));
        statements.each("select * from change_approval where change_id in", ids, "", row -> of(stored, row, "change_id")
                .vote(row));
        statements.each(
                "select d.*, p.n as surrogate from change_duty d left join audit_person p on p.person = d.person"
                        + " where d.change_id in",
                ids,
                "",
                row -> of(stored, row, "change_id").duty(row));
        statements.each("select * from change_team where change_id in", ids, "", row -> of(stored, row, "change_id")
                .team(row));
        statements.each("select * from rollout_plan where planned_for in", numbers, "", row -> stored.computeIfAbsent(
                        row.getString("planned_for"), number -> new StoredChange())
                .plan(row));
        statements.each(
                "select n, action, object, payload from audit_entry where object in",
                numbers,
                " order by n",
                row -> trailed.computeIfAbsent(row.getString("object"), number -> new TrailedChange())
                        .entry(row.getLong("n"), row.getString("action"), Statements.payload(row)));
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

    private long newest(String action, String prefix) throws SQLException {
        List<String> names =
                statements.texts("select object from audit_entry where action = ? order by n desc limit 1", action);
        return names.isEmpty() ? 0 : Long.parseLong(names.get(0).substring(prefix.length()));
    }

    private long number(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    private static String numberOf(long id) {
        return "CHG-%06d".formatted(id);
    }
}
