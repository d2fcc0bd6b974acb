package io.gatehouse.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.audit.verify.Difference.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the records of one kind with what the newest entry about each says, a page at a time. */
final class RecordComparison {

    /** What the trail left of a record. */
    private record Trailed(long entry, @Nullable String digest) {}

    private final Statements statements;
    private final RecordKind kind;

    RecordComparison(Connection connection, RecordKind kind) {
        this.statements = new Statements(connection);
        this.kind = kind;
    }

    /**
     * The names that come next, of records that are in a table or in the trail.
     *
     * @param after a name of this kind; empty for the beginning
     */
    SortedSet<String> next(String after, int limit) throws SQLException {
        List<SortedSet<String>> lists = new ArrayList<>();
        Object from = after.isEmpty() ? kind.first() : kind.keyOf(after);
        lists.add(keys(kind.rowsOf(kind.table(), kind.key()), kind.column(kind.key()), from, limit));
        for (RecordKind.Part part : kind.parts()) {
            lists.add(keys(kind.rowsOf(part.table(), part.owner()), kind.column(part.owner()), from, limit));
        }
        lists.add(new TreeSet<>(statements.texts(
                "select distinct object from audit_entry where object > ? and object < ? order by object limit "
                        + limit,
                after.isEmpty() ? kind.prefix() : after,
                kind.end())));
        // Beyond the end of a list that was cut off, it may have names that the others come before.
        String known = lists.stream()
                .filter(list -> list.size() == limit)
                .map(SortedSet::last)
                .min(Comparator.naturalOrder())
                .orElse(null);
        SortedSet<String> names = new TreeSet<>();
        lists.forEach(names::addAll);
        // Numbers of other lengths sort otherwise than their names; whoever plants some must not keep this going for
        // ever.
        SortedSet<String> later = names.tailSet(after + '\0');
        return known == null ? later : later.headSet(known + '\0');
    }

    private SortedSet<String> keys(String table, String column, Object after, int limit) throws SQLException {
        SortedSet<String> names = new TreeSet<>();
        statements
                .texts(
                        "select distinct %s from %s where %s > ? order by 1 limit %d"
                                .formatted(column, table, column, limit),
                        after)
                .forEach(key -> names.add(kind.objectOf(key)));
        return names;
    }

    List<Difference> of(Collection<String> objects) throws SQLException {
        SortedMap<String, StoredRecord> stored = new TreeMap<>();
        Map<String, Trailed> trailed = new HashMap<>();
        List<Object> keys = new ArrayList<>();
        for (String object : new TreeSet<>(objects)) {
            if (kind.names(object)) {
                stored.put(object, new StoredRecord(kind));
                keys.add(kind.keyOf(object));
            }
        }
        read(stored, keys);
        statements.each(
                "select n, object, payload from audit_entry where object in",
                stored.keySet(),
                " order by n",
                row -> trail(trailed, row.getString("object"), row.getLong("n"), Statements.payload(row)));
        List<Difference> found = new ArrayList<>();
        stored.forEach((object, record) -> compare(object, record, trailed.get(object), found));
        found.addAll(faults(keys));
        return found;
    }

    private void read(Map<String, StoredRecord> stored, List<Object> keys) throws SQLException {
        statements.each(
                "select * from %s where %s in"
                        .formatted(kind.rowsOf(kind.table(), kind.key()), kind.column(kind.key())),
                keys,
                "",
                row -> stored.computeIfAbsent(
                                kind.objectOf(Objects.requireNonNull(ColumnText.of(row, kind.column(kind.key())))),
                                object -> new StoredRecord(kind))
                        .row(row));
        for (RecordKind.Part part : kind.parts()) {
            statements.each(
                    "select * from %s where %s in"
                            .formatted(kind.rowsOf(part.table(), part.owner()), kind.column(part.owner())),
                    keys,
                    "",
                    row -> stored.computeIfAbsent(
                                    kind.objectOf(
                                            Objects.requireNonNull(ColumnText.of(row, kind.column(part.owner())))),
                                    object -> new StoredRecord(kind))
                            .part(part, row));
        }
    }

    /** Entries that neither say what they left nor that it is gone are about something else. */
    private static void trail(Map<String, Trailed> trailed, String object, long entry, JsonNode payload) {
        if (payload.hasNonNull("row")) {
            trailed.put(object, new Trailed(entry, payload.get("row").asText()));
        } else if (payload.path("gone").asBoolean()) {
            trailed.put(object, new Trailed(entry, null));
        }
    }

    private static void compare(String object, StoredRecord stored, @Nullable Trailed trailed, List<Difference> found) {
        if (trailed == null || trailed.digest() == null) {
            if (stored.exists()) {
                found.add(new Difference(
                        object,
                        Kind.INSERTED,
                        trailed == null
                                ? "It is in the table, but the trail does not know it."
                                : "It is in the table, but it is gone since entry " + trailed.entry() + "."));
            }
        } else if (!stored.exists()) {
            found.add(new Difference(
                    object, Kind.DELETED, "Entry " + trailed.entry() + " left it, but it is not in the table."));
        } else if (!trailed.digest().equals(stored.digest())) {
            found.add(new Difference(object, Kind.ALTERED, "It is not as entry " + trailed.entry() + " left it."));
        }
    }

    private List<Difference> faults(List<Object> keys) throws SQLException {
        List<Difference> found = new ArrayList<>();
        if (kind.fault() != null) {
            statements.each(
                    "select r.%s from %s r where %s and r.%s in"
                            .formatted(kind.key(), kind.table().name(), kind.fault(), kind.key()),
                    keys,
                    "",
                    row -> found.add(new Difference(
                            kind.objectOf(Objects.requireNonNull(ColumnText.of(row, 1))),
                            Kind.ALTERED,
                            "It is not as it must be beside the others of its table.")));
        }
        return found;
    }
}
