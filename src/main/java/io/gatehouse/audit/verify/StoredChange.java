package io.gatehouse.audit.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A change as its tables have it. */
final class StoredChange {

    /** A seat of a round, in the order in which seats are told apart. */
    record Seat(int round, String seat) implements Comparable<Seat> {

        @Override
        public int compareTo(Seat other) {
            return round != other.round ? Integer.compare(round, other.round) : seat.compareTo(other.seat);
        }

        @Override
        public String toString() {
            return "seat " + seat + " of round " + round;
        }
    }

    /** What a row says about a seat. */
    record Vote(String decision, String digest) {

        boolean isPending() {
            return decision.equals("PENDING");
        }
    }

    private @Nullable String state;
    private @Nullable String digest;
    private @Nullable String plan;
    private final List<String[]> services = new ArrayList<>();
    private final List<String[]> links = new ArrayList<>();
    private final Map<Seat, Vote> votes = new TreeMap<>();

    void row(ResultSet row) throws SQLException {
        state = row.getString("state");
        digest = new RowDigest()
                .numbers(row, "id", "version")
                .texts(row, "type", "state", "title", "description", "environment_key", "template_key", "requester")
                .moments(row, "window_starts_at", "window_ends_at")
                .texts(row, "implementation_plan", "test_plan", "backout_plan", "communication_plan")
                .flags(row, "data_migration", "downtime", "backout_tested")
                .numbers(row, "approval_round")
                .texts(row, "risk", "risk_reasons", "returned_because", "on_hold_because", "implementer", "reviewer")
                .texts(row, "close_code")
                .flags(row, "rolled_back")
                .moments(row, "created_at", "closed_at")
                .texts(row, "scope_sha256")
                .hex();
    }

    void service(ResultSet row) throws SQLException {
        services.add(
                new String[] {row.getString("service_key"), row.getString("new_version"), row.getString("new_digest")});
    }

    void link(ResultSet row) throws SQLException {
        links.add(new String[] {row.getString("title"), row.getString("url")});
    }

    void vote(ResultSet row) throws SQLException {
        String digestOfVote = new RowDigest()
                .numbers(row, "change_id", "round")
                .texts(row, "seat", "decision", "person", "reason")
                .moments(row, "decided_at")
                .texts(row, "scope_sha256")
                .hex();
        votes.put(
                new Seat(row.getInt("round"), row.getString("seat")),
                new Vote(row.getString("decision"), digestOfVote));
    }

    void plan(ResultSet row) throws SQLException {
        plan = new RowDigest().texts(row, "process", "document").hex();
    }

    boolean exists() {
        return state != null;
    }

    @Nullable
    String state() {
        return state;
    }

    @Nullable
    String digest() {
        return digest;
    }

    @Nullable
    String plan() {
        return plan;
    }

    /** The digest of its services, in the order of their keys, and links. */
    String details() {
        RowDigest details = new RowDigest().text(Integer.toString(services.size()));
        services.stream().sorted((one, other) -> one[0].compareTo(other[0])).forEach(row -> add(details, row));
        links.forEach(row -> add(details, row));
        return details.hex();
    }

    private static void add(RowDigest digest, String[] row) {
        for (String column : row) {
            digest.text(column);
        }
    }

    Map<Seat, Vote> votes() {
        return votes;
    }
}
