package io.gatehouse.audit.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Walks a trail from its first entry to its last, a page at a time, and stops at the first thing that is wrong. */
final class ChainCheck {

    private static final int PAGE = 5000;

    private final Connection connection;
    private final ChainWalk walk;

    /** @param connection within one snapshot, or entries written meanwhile look like damage */
    ChainCheck(Connection connection, @Nullable Head known, List<Checkpoints> checkpoints) {
        this.connection = connection;
        this.walk = new ChainWalk(known, checkpoints);
    }

    ChainCheck(Connection connection, @Nullable Head known) {
        this(connection, known, List.of());
    }

    /** Hashes one page while the database gives the next. */
    Verdict run() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select n, recorded_at, actor, action, object, payload, previous_hash, hash
                from audit_entry where n > ? order by n limit\s"""
                        + PAGE)) {
            List<StoredEntry> page = after(statement, Long.MIN_VALUE);
            while (!page.isEmpty()) {
                List<StoredEntry> read = page;
                CompletableFuture<List<String>> hashes = CompletableFuture.supplyAsync(
                        () -> read.stream().map(StoredEntry::expectedHash).toList());
                page = after(statement, read.get(read.size() - 1).number());
                Optional<Verdict> fault = take(read, hashes.join());
                if (fault.isPresent()) {
                    return fault.get();
                }
            }
        }
        return walk.end(heads());
    }

    private Optional<Verdict> take(List<StoredEntry> page, List<String> hashes) {
        for (int i = 0; i < page.size(); i++) {
            Optional<Verdict> fault = walk.next(page.get(i), hashes.get(i));
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static List<StoredEntry> after(PreparedStatement statement, long number) throws SQLException {
        statement.setLong(1, number);
        List<StoredEntry> page = new ArrayList<>(PAGE);
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                page.add(StoredEntry.read(rows));
            }
        }
        return page;
    }

    private Map<Integer, Head> heads() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select id, n, hash from audit_head");
                ResultSet rows = statement.executeQuery()) {
            Map<Integer, Head> heads = new HashMap<>();
            while (rows.next()) {
                heads.put(rows.getInt("id"), new Head(rows.getLong("n"), rows.getString("hash")));
            }
            return heads;
        }
    }
}
