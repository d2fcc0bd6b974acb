package io.gatehouse.change;

import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The relations between changes. Whoever adds or removes one has locked both changes; whoever starts a change or ends
 * one has locked its relations, so that of two related changes one comes after the other.
 */
@Repository
class RelationRows {

    /** A relation as it is written. */
    record Row(
            long id,
            RelationKind kind,
            long from,
            long to,
            boolean inForce,
            String addedBy,
            Instant addedAt,
            @Nullable String addedBecause,
            @Nullable String removedBy,
            @Nullable Instant removedAt,
            @Nullable String removedBecause) {

        String fingerprint() {
            return Fingerprint.of(
                    id,
                    kind,
                    from,
                    to,
                    inForce ? true : null,
                    addedBy,
                    addedAt,
                    addedBecause,
                    removedBy,
                    removedAt,
                    removedBecause);
        }

        RelationSide sideOf(long change) {
            return change == from ? kind.outgoing() : kind.outgoing().opposite();
        }
    }

    private static final Set<String> WAITING = Arrays.stream(ChangeState.values())
            .filter(ChangeState::isBeforeImplement)
            .map(ChangeState::name)
            .collect(Collectors.toSet());

    private static final String OF_A_CHANGE =
            """
            select r.*, o.id as other_id, o.title, o.state, o.close_code, o.rolled_back
            from change_relation r join change_request o on o.id = r.to_id where r.from_id = :id
            union all
            select r.*, o.id, o.title, o.state, o.close_code, o.rolled_back
            from change_relation r join change_request o on o.id = r.from_id where r.to_id = :id
            order by 1""";

    private final JdbcClient jdbc;

    RelationRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Has everybody else wait who would add a relation. Before any change is locked. */
    void lockRegister() {
        jdbc.sql("select id from change_relation_register for update")
                .query(Integer.class)
                .single();
    }

    /** Every relation of a change, also those that were removed, oldest first. */
    List<Relation> of(Change change) {
        return change.related() ? read(change) : List.of();
    }

    /**
     * The relations of a change that are in force, locked until the transaction ends, with the other changes as they are
     * then. The change is locked already, so there are no more of them; in one order, so that nobody waits in a circle.
     */
    List<Relation> lockOf(Change change) {
        List<Long> ids = inForce(of(change)).stream().map(Relation::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        jdbc.sql("select id from change_relation where id in (:ids) order by id for update")
                .param("ids", ids)
                .query(Long.class)
                .list();
        return inForce(read(change));
    }

    private static List<Relation> inForce(List<Relation> relations) {
        return relations.stream().filter(Relation::isInForce).toList();
    }

    private List<Relation> read(Change change) {
        return jdbc.sql(OF_A_CHANGE)
                .param("id", change.id())
                .query((row, i) -> relation(change, row))
                .list();
    }

    Optional<Row> find(long id) {
        return jdbc.sql("select * from change_relation where id = ?")
                .param(id)
                .query((row, i) -> map(row))
                .optional();
    }

    Row add(RelationKind kind, long from, long to, String by, Instant at, @Nullable String because) {
        jdbc.sql(
                        """
                        insert into change_relation (kind, from_id, to_id, in_force, added_by, added_at, added_because)
                        values (?, ?, ?, true, ?, ?, ?)""")
                .params(kind.name(), from, to, by, utc(at), because)
                .update();
        jdbc.sql("update change_request set related = true where id in (?, ?)")
                .params(from, to)
                .update();
        return jdbc.sql(
                        """
                        select * from change_relation
                        where from_id = ? and to_id = ? and kind = ? and in_force = true""")
                .params(from, to, kind.name())
                .query((row, i) -> map(row))
                .single();
    }

    Row remove(Row relation, String by, Instant at, String because) {
        jdbc.sql(
                        """
                        update change_relation set in_force = null, removed_by = ?, removed_at = ?, removed_because = ?
                        where id = ?""")
                .params(by, utc(at), because, relation.id())
                .update();
        return find(relation.id()).orElseThrow();
    }

    /** What each of some changes waits for, of those that have not started; what has waits for nothing any more. */
    Collection<WaitGraph.Wait> waitsOf(Set<Long> changes) {
        return jdbc.sql(
                        """
                        select r.from_id as waiting, r.to_id as awaited
                        from change_relation r join change_request c on c.id = r.from_id
                        where r.from_id in (:changes) and r.kind = 'DEPENDS_ON' and r.in_force = true
                          and c.state in (:waiting)
                        union all
                        select r.to_id, r.from_id
                        from change_relation r join change_request c on c.id = r.to_id
                        where r.to_id in (:changes) and r.kind = 'SUPERSEDES' and r.in_force = true
                          and c.state in (:waiting)
                        order by 1, 2""")
                .param("changes", changes)
                .param("waiting", WAITING)
                .query((row, i) -> new WaitGraph.Wait(row.getLong("waiting"), row.getLong("awaited")))
                .list();
    }

    /** Changes that have not started though another that supersedes them is closed successfully. */
    List<Long> superseded() {
        return jdbc.sql(
                        """
                        select distinct c.id
                        from change_request c join change_relation r on r.to_id = c.id and r.kind = 'SUPERSEDES'
                        join change_request by_one on by_one.id = r.from_id
                        where c.state in (:waiting) and c.related = true and r.in_force = true
                          and by_one.state = 'CLOSED' and by_one.rolled_back = false
                          and by_one.close_code in ('SUCCESSFUL', 'SUCCESSFUL_WITH_ISSUES')
                        order by 1""")
                .param("waiting", WAITING)
                .query(Long.class)
                .list();
    }

    private static Relation relation(Change change, ResultSet row) throws SQLException {
        Row written = map(row);
        String closeCode = row.getString("close_code");
        return new Relation(
                written.id(),
                written.sideOf(change.id()),
                change.state().isBeforeImplement(),
                new RelatedChange(
                        ChangeNumber.of(row.getLong("other_id")),
                        row.getString("title"),
                        ChangeState.valueOf(row.getString("state")),
                        closeCode == null ? null : CloseCode.valueOf(closeCode),
                        row.getBoolean("rolled_back")),
                written.addedBy(),
                written.addedAt(),
                written.addedBecause(),
                written.removedBy(),
                written.removedAt(),
                written.removedBecause());
    }

    private static Row map(ResultSet row) throws SQLException {
        LocalDateTime removedAt = row.getObject("removed_at", LocalDateTime.class);
        return new Row(
                row.getLong("id"),
                RelationKind.valueOf(row.getString("kind")),
                row.getLong("from_id"),
                row.getLong("to_id"),
                row.getBoolean("in_force"),
                row.getString("added_by"),
                row.getObject("added_at", LocalDateTime.class).toInstant(ZoneOffset.UTC),
                row.getString("added_because"),
                row.getString("removed_by"),
                removedAt == null ? null : removedAt.toInstant(ZoneOffset.UTC),
                row.getString("removed_because"));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
