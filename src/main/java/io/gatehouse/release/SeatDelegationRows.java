package io.gatehouse.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** The table {@code release_delegation}. */
@Repository
class SeatDelegationRows {

    private final JdbcClient jdbc;

    SeatDelegationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    SeatDelegation insert(SeatDelegation delegation) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_delegation (seat, person, delegate, from_at, until_at, given_by, given_at)
                values (:seat, :person, :delegate, :from, :until, :by, :at)""")
                .param("seat", delegation.seat())
                .param("person", delegation.person())
                .param("delegate", delegation.delegate())
                .param("from", utc(delegation.from()))
                .param("until", utc(delegation.until()))
                .param("by", delegation.givenBy())
                .param("at", utc(delegation.givenAt()))
                .update(key, "id");
        return delegation.withId(Objects.requireNonNull(key.getKey(), "id").longValue());
    }

    void withdraw(SeatDelegation delegation) {
        jdbc.sql("update release_delegation set withdrawn_by = ?, withdrawn_at = ? where id = ?")
                .params(
                        delegation.withdrawnBy(),
                        utc(Objects.requireNonNull(delegation.withdrawnAt())),
                        delegation.id())
                .update();
    }

    /** Locks it until the transaction ends. */
    Optional<SeatDelegation> lock(long id) {
        return jdbc.sql("select * from release_delegation where id = ? for update")
                .param(id)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Those for a role that hold at a moment, who was given first first. */
    List<SeatDelegation> at(String seat, Instant moment) {
        return jdbc.sql(
                        """
                select * from release_delegation
                where until_at > :moment and from_at <= :moment and seat = :seat and withdrawn_at is null order by id""")
                .param("moment", utc(moment))
                .param("seat", seat)
                .query((row, i) -> map(row))
                .list();
    }

    /** Whether any holds at a moment, or held at some time since another. */
    boolean anyHeld(Instant since, Instant moment) {
        return jdbc.sql(
                        """
                select exists (select 1 from release_delegation
                  where until_at > :since and from_at <= :moment
                    and (withdrawn_at is null or withdrawn_at > :since))""")
                .param("since", utc(since))
                .param("moment", utc(moment))
                .query(Boolean.class)
                .single();
    }

    /** Newest first. */
    List<SeatDelegation> list(long before, int limit) {
        return jdbc.sql("select * from release_delegation where id < ? order by id desc limit ?")
                .params(before, limit)
                .query((row, i) -> map(row))
                .list();
    }

    private static SeatDelegation map(ResultSet row) throws SQLException {
        return new SeatDelegation(
                row.getLong("id"),
                row.getString("seat"),
                row.getString("person"),
                row.getString("delegate"),
                known(row, "from_at"),
                known(row, "until_at"),
                row.getString("given_by"),
                known(row, "given_at"),
                row.getString("withdrawn_by"),
                moment(row, "withdrawn_at"));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }

    private static Instant known(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(moment(row, column), column);
    }
}
