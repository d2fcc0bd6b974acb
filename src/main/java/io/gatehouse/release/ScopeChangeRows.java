package io.gatehouse.release;

import io.gatehouse.change.Artifact;
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

/** Whoever writes here has locked the release. */
@Repository
class ScopeChangeRows {

    private final JdbcClient jdbc;

    ScopeChangeRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @throws org.springframework.dao.DuplicateKeyException if the release has an open one */
    long insert(String release, List<Artifact> items, String reason, String by, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into release_scope_change (release_number, items, reason, requested_by, requested_at, state,
                  open_release)
                values (:release, :items, :reason, :by, :at, 'REQUESTED', :release)""")
                .param("release", release)
                .param("items", StoredItems.write(items))
                .param("reason", reason)
                .param("by", by)
                .param("at", LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .update(key, "id");
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    void decide(long id, ScopeChange.Decision decision) {
        jdbc.sql(
                        """
                insert into release_scope_decision (scope_change_id, seat, person, approved, reason, decided_at)
                values (?, ?, ?, ?, ?, ?)""")
                .params(
                        id,
                        decision.seat(),
                        decision.person(),
                        decision.approved(),
                        decision.reason(),
                        LocalDateTime.ofInstant(decision.decidedAt(), ZoneOffset.UTC))
                .update();
    }

    void end(long id, ScopeChange.State state, @Nullable String because, Instant now) {
        jdbc.sql(
                        """
                update release_scope_change set state = ?, ended_because = ?, ended_at = ?, open_release = null
                where id = ?""")
                .params(state.name(), because, LocalDateTime.ofInstant(now, ZoneOffset.UTC), id)
                .update();
    }

    Optional<ScopeChange> find(long id) {
        return jdbc.sql("select * from release_scope_change where id = ?")
                .param(id)
                .query((row, i) -> map(row))
                .optional();
    }

    /** The one of a release that is open. */
    Optional<ScopeChange> openOf(String release) {
        return jdbc.sql("select * from release_scope_change where open_release = ?")
                .param(release)
                .query((row, i) -> map(row))
                .optional();
    }

    /** Of a release, oldest first. */
    List<ScopeChange> of(String release) {
        return jdbc.sql("select * from release_scope_change where release_number = ? order by id")
                .param(release)
                .query((row, i) -> map(row))
                .list();
    }

    /** The numbers of those that wait for somebody. */
    List<String> underWay() {
        return jdbc
                .sql("select id from release_scope_change where open_release is not null order by id")
                .query(Long.class)
                .list()
                .stream()
                .map("SCOPE-%06d"::formatted)
                .toList();
    }

    private ScopeChange map(ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new ScopeChange(
                id,
                row.getString("release_number"),
                StoredItems.read(row.getString("items")),
                row.getString("reason"),
                row.getString("requested_by"),
                Objects.requireNonNull(moment(row, "requested_at")),
                ScopeChange.State.valueOf(row.getString("state")),
                row.getString("ended_because"),
                moment(row, "ended_at"),
                jdbc.sql("select * from release_scope_decision where scope_change_id = ? order by seat")
                        .param(id)
                        .query((decision, i) -> new ScopeChange.Decision(
                                decision.getString("seat"),
                                decision.getString("person"),
                                decision.getBoolean("approved"),
                                decision.getString("reason"),
                                Objects.requireNonNull(moment(decision, "decided_at"))))
                        .list());
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
