package io.gatehouse.audit.verify;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final List<List<@Nullable String>> services = new ArrayList<>();
    private final List<List<@Nullable String>> links = new ArrayList<>();
    private final Map<Seat, Vote> votes = new TreeMap<>();
    private final Set<String> duties = new TreeSet<>();
    private final Set<String> teams = new TreeSet<>();
    private boolean dutiesShared;

    void row(ResultSet row) throws SQLException {
        state = row.getString("state");
        dutiesShared = row.getBoolean("duties_shared");
        digest = ComparedTables.CHANGE.digest(row);
    }

    void service(ResultSet row) throws SQLException {
        services.add(ComparedTables.CHANGE_SERVICE.values(row));
    }

    void link(ResultSet row) throws SQLException {
        links.add(ComparedTables.CHANGE_LINK.values(row));
    }

    void vote(ResultSet row) throws SQLException {
        votes.put(
                new Seat(row.getInt("round"), row.getString("seat")),
                new Vote(row.getString("decision"), ComparedTables.CHANGE_APPROVAL.digest(row)));
    }

    void duty(ResultSet row) throws SQLException {
        Long surrogate = row.getObject("surrogate", Long.class);
        duties.add(row.getString("duty") + " "
                + (surrogate == null ? row.getString("person") : "person-%09d".formatted(surrogate)));
    }

    void team(ResultSet row) throws SQLException {
        teams.add(row.getString("team"));
    }

    void plan(ResultSet row) throws SQLException {
        plan = ComparedTables.PLAN.digest(row);
    }

    Set<String> teams() {
        return teams;
    }

    Set<String> duties() {
        return duties;
    }

    /** Whether its row says that there are duties; those of a change that says no are not looked at. */
    boolean dutiesShared() {
        return dutiesShared;
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
        services.stream()
                .sorted(Comparator.comparing(row -> String.valueOf(row.get(0))))
                .flatMap(List::stream)
                .forEach(details::text);
        links.stream().flatMap(List::stream).forEach(details::text);
        return details.hex();
    }

    Map<Seat, Vote> votes() {
        return votes;
    }
}
