package io.gatehouse.audit.verify;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Walks a trail from its first entry to its last, a page at a time, and stops at the first thing that is wrong. */
final class ChainCheck {

    private static final int PAGE = 1000;

    private final Connection connection;
    private final @Nullable Head known;

    /**
     * @param connection within one snapshot, or entries written meanwhile look like damage
     * @param known a head kept elsewhere since an earlier check: without it nobody can tell a trail whose end was cut
     *     off, or that was written anew, from an honest one
     */
    ChainCheck(Connection connection, @Nullable Head known) {
        this.connection = connection;
        this.known = known;
    }

    Verdict run() throws SQLException {
        Head last = Head.START;
        for (List<StoredEntry> page = after(Long.MIN_VALUE); !page.isEmpty(); page = after(last.number())) {
            for (StoredEntry entry : page) {
                String fault = fault(last, entry);
                if (fault != null) {
                    return Verdict.broken(last.number() + 1, fault);
                }
                last = new Head(entry.number(), entry.hash());
            }
        }
        return end(last);
    }

    private @Nullable String fault(Head last, StoredEntry entry) {
        if (entry.number() != last.number() + 1) {
            return "the next entry found is number " + entry.number();
        }
        if (!entry.previousHash().equals(last.hash())) {
            return "it does not follow the entry before it";
        }
        if (!entry.hash().equals(entry.expectedHash())) {
            return "its content does not match its hash";
        }
        if (known != null && known.number() == entry.number() && !known.hash().equals(entry.hash())) {
            return "it is not the entry that was there at the earlier check";
        }
        return null;
    }

    private Verdict end(Head last) throws SQLException {
        Map<Integer, Head> heads = heads();
        if (known != null && known.number() > last.number()) {
            return Verdict.broken(last.number() + 1, "it is missing, an earlier check went to " + known.number());
        }
        if (!heads.equals(Map.of(1, last))) {
            return Verdict.broken(last.number() + 1, "the trail ends before it, but its head says " + heads.values());
        }
        return Verdict.intact(last);
    }

    private List<StoredEntry> after(long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                select n, recorded_at, actor, action, object, payload, previous_hash, hash
                from audit_entry where n > ? order by n limit\s"""
                        + PAGE)) {
            statement.setLong(1, number);
            List<StoredEntry> page = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(StoredEntry.read(rows));
                }
            }
            return page;
        }
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
