package io.gatehouse.change;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@link Emergency}: one for each round of an emergency change. Written under the lock of the change. */
@Repository
class EmergencyRows {

    private final JdbcClient jdbc;

    EmergencyRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Of the present round of a change. */
    Optional<Emergency> find(Change change) {
        return jdbc.sql("select * from change_emergency where change_id = ? and round = ?")
                .params(change.id(), change.approvalRound())
                .query((row, i) -> map(row))
                .optional();
    }

    Emergency insert(Change change, EmergencyPolicy policy, Instant timeBoxEndsAt) {
        jdbc.sql(
                        """
                        insert into change_emergency (change_id, round, approvals_needed, time_box, more_seats,
                          approve_within, time_box_ends_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        change.id(),
                        change.approvalRound(),
                        policy.approvals(),
                        policy.timeBox().toString(),
                        EmergencyPolicy.join(policy.moreSeats()),
                        text(policy.approveWithin()),
                        utc(timeBoxEndsAt))
                .update();
        return find(change).orElseThrow();
    }

    /** Writes what may change of a row; the rest was settled by the policy. */
    void update(Emergency emergency) {
        jdbc.sql(
                        """
                        update change_emergency set more_seats = ?, time_box_ends_at = ?, stopped_at = ?, approve_by = ?,
                          unauthorised_because = ?, unauthorised_at = ?, reported_to = ?, reported_at = ?
                        where id = ?""")
                .params(
                        EmergencyPolicy.join(emergency.moreSeats()),
                        utc(emergency.timeBoxEndsAt()),
                        utc(emergency.stoppedAt()),
                        utc(emergency.approveBy()),
                        text(emergency.unauthorisedBecause()),
                        utc(emergency.unauthorisedAt()),
                        emergency.reportedTo(),
                        utc(emergency.reportedAt()),
                        emergency.id())
                .update();
    }

    /** The changes that were begun and that no board has had on its agenda, oldest first. */
    List<Long> unreported() {
        return jdbc.sql(
                        """
                        select c.id from change_emergency e
                        join change_request c on c.id = e.change_id and c.approval_round = e.round
                        where e.reported_at is null and c.state in ('IMPLEMENT', 'REVIEW', 'CLOSED')
                        order by c.id""")
                .query(Long.class)
                .list();
    }

    private static Emergency map(ResultSet row) throws SQLException {
        String because = row.getString("unauthorised_because");
        String within = row.getString("approve_within");
        return new Emergency(
                row.getLong("id"),
                row.getLong("change_id"),
                row.getInt("round"),
                row.getInt("approvals_needed"),
                Duration.parse(row.getString("time_box")),
                EmergencyPolicy.split(row.getString("more_seats")),
                within == null ? null : Duration.parse(within),
                row.getObject("time_box_ends_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                moment(row, "stopped_at"),
                moment(row, "approve_by"),
                because == null ? null : Emergency.Unauthorised.valueOf(because),
                moment(row, "unauthorised_at"),
                row.getString("reported_to"),
                moment(row, "reported_at"));
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime moment = row.getObject(column, LocalDateTime.class);
        return moment == null ? null : moment.toInstant(ZoneOffset.UTC);
    }

    private static @Nullable LocalDateTime utc(@Nullable Instant moment) {
        return moment == null ? null : LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
