package io.gatehouse.audit.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A record as its tables have it. */
final class StoredRecord {

    private static final Comparator<List<@Nullable String>> BY_CONTENT = (one, other) -> IntStream.range(0, one.size())
            .map(i -> String.valueOf(one.get(i)).compareTo(String.valueOf(other.get(i))))
            .filter(order -> order != 0)
            .findFirst()
            .orElse(0);

    private final RecordKind kind;
    private final List<@Nullable String> own = new ArrayList<>();
    private final Map<RecordKind.Part, List<List<@Nullable String>>> parts = new HashMap<>();

    StoredRecord(RecordKind kind) {
        this.kind = kind;
    }

    void row(ResultSet row) throws SQLException {
        own.addAll(kind.table().values(row));
    }

    void part(RecordKind.Part part, ResultSet row) throws SQLException {
        parts.computeIfAbsent(part, first -> new ArrayList<>()).add(part.table().values(row));
    }

    boolean exists() {
        return !own.isEmpty() || !parts.isEmpty();
    }

    String digest() {
        RowDigest digest = new RowDigest();
        own.forEach(digest::text);
        for (RecordKind.Part part : kind.parts()) {
            List<List<@Nullable String>> rows = parts.getOrDefault(part, List.of()).stream()
                    .sorted(BY_CONTENT)
                    .toList();
            digest.text(Integer.toString(rows.size()));
            rows.stream().flatMap(List::stream).forEach(digest::text);
        }
        return digest.hex();
    }
}
