package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads everything {@link Clearance} decides by in one statement, so that it is of one moment and costs one journey. */
@Repository
class ClearanceRows {

    /** A seat of the present round. */
    record Seat(String seat, Approval.Decision decision, @Nullable String person, @Nullable String scope) {

        boolean approved() {
            return decision == Approval.Decision.APPROVED;
        }
    }

    /** How an emergency is authorised, see {@link Emergency}. */
    record Board(int needed, @Nullable Instant approveBy, boolean unauthorised) {}

    /**
     * A change as it is now.
     *
     * @param submitted the fingerprint of its scope when it was submitted
     * @param board absent if it is no emergency
     * @param authors whoever wrote something of it
     * @param rulers whoever had a hand in the policy that decides about it
     */
    record Facts(
            ChangeState state,
            ChangeType type,
            @Nullable String template,
            boolean templateActive,
            boolean onHold,
            int round,
            String environment,
            Instant startsAt,
            Instant endsAt,
            @Nullable String submitted,
            @Nullable Board board,
            List<Seat> seats,
            List<Scope.Item> items,
            Set<String> authors,
            Set<String> rulers) {

        Scope scope(@Nullable String plan) {
            return new Scope(type, template, environment, startsAt, endsAt, items, plan);
        }

        List<Artifact> artifacts() {
            return items.stream().flatMap(item -> item.artifact().stream()).toList();
        }
    }

    private static final String SQL =
            """
            select 'CHANGE' as part, c.state as a, c.type as b, c.template_key as c, c.environment_key as d,
              c.scope_sha256 as scope, c.requester as person, c.on_hold_because as hold,
              c.window_starts_at as starts_at, c.window_ends_at as ends_at, t.active as active,
              e.approvals_needed as needed, e.approve_by as approve_by, e.unauthorised_because as unauthorised,
              c.approval_round as round
            from change_request c left join change_template t on t.template_key = c.template_key
              left join change_emergency e on e.change_id = c.id and e.round = c.approval_round where c.id = :id
            union all
            select 'SEAT', a.decision, a.seat, null, null, a.scope_sha256, a.person, null, null, null, null,
              null, null, null, null
            from change_approval a join change_request c on c.id = a.change_id and c.approval_round = a.round
            where a.change_id = :id
            union all
            select 'ITEM', s.service_key, s.new_version, s.new_digest, null, null, null, null, null, null, null,
              null, null, null, null
            from change_service s where s.change_id = :id
            union all
            select d.duty, null, null, null, null, null, d.person, null, null, null, null, null, null, null, null
            from change_duty d where d.change_id = :id and d.duty in ('AUTHOR', 'POLICY')""";

    private final JdbcClient jdbc;

    ClearanceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Facts read(String number) {
        Collected collected = new Collected();
        long id = ChangeNumber.idOf(number).orElseThrow(() -> new IllegalStateException("No change " + number));
        jdbc.sql(SQL).param("id", id).query(collected::add);
        return collected.facts(number);
    }

    /** The rows of the statement, sorted by what they are about. */
    private static final class Collected {

        private @Nullable Facts change;
        private final List<Seat> seats = new ArrayList<>();
        private final List<Scope.Item> items = new ArrayList<>();
        private final Set<String> authors = new HashSet<>();
        private final Set<String> rulers = new HashSet<>();

        void add(ResultSet row) throws SQLException {
            switch (row.getString("part")) {
                case "CHANGE" -> change(row);
                case "SEAT" -> seats.add(new Seat(
                        row.getString("b"),
                        Approval.Decision.valueOf(row.getString("a")),
                        row.getString("person"),
                        row.getString("scope")));
                case "ITEM" -> items.add(new Scope.Item(row.getString("a"), row.getString("b"), row.getString("c")));
                case "POLICY" -> rulers.add(row.getString("person"));
                default -> authors.add(row.getString("person"));
            }
        }

        private void change(ResultSet row) throws SQLException {
            authors.add(row.getString("person"));
            change = new Facts(
                    ChangeState.valueOf(row.getString("a")),
                    ChangeType.valueOf(row.getString("b")),
                    row.getString("c"),
                    row.getBoolean("active"),
                    row.getString("hold") != null,
                    row.getInt("round"),
                    row.getString("d"),
                    moment(row, "starts_at"),
                    moment(row, "ends_at"),
                    row.getString("scope"),
                    board(row),
                    seats,
                    items,
                    authors,
                    rulers);
        }

        Facts facts(String number) {
            if (change == null) {
                throw new IllegalStateException("No change " + number);
            }
            return change;
        }

        private static @Nullable Board board(ResultSet row) throws SQLException {
            int needed = row.getInt("needed");
            if (row.wasNull()) {
                return null;
            }
            LocalDateTime by = row.getObject("approve_by", LocalDateTime.class);
            return new Board(
                    needed, by == null ? null : by.toInstant(ZoneOffset.UTC), row.getString("unauthorised") != null);
        }

        private static Instant moment(ResultSet row, String column) throws SQLException {
            return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
        }
    }
}
