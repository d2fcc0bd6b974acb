package io.gatehouse.breakglass;

import io.gatehouse.breakglass.BreakGlass.EndReason;
import io.gatehouse.breakglass.BreakGlass.Outcome;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.engine.Repair;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

@Repository
class BreakGlassRows {

    private static final String FOR_UPDATE = " for update";

    private final JdbcClient jdbc;

    BreakGlassRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(
            String target,
            List<Repair> repairs,
            String reason,
            String incident,
            Instant expiresAt,
            String by,
            Instant at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                insert into break_glass (state, target, reason, incident, expires_at, asked_by, asked_at, version)
                values ('ASKED', :target, :reason, :incident, :expires, :by, :at, 0)""")
                .param("target", target)
                .param("reason", reason)
                .param("incident", incident)
                .param("expires", utc(expiresAt))
                .param("by", by)
                .param("at", utc(at))
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        repairs.forEach(repair -> insert(id, repair));
        return id;
    }

    private void insert(long id, Repair repair) {
        jdbc.sql(
                        """
                insert into break_glass_action
                    (break_glass_id, kind, place, destination, variable_name, variable_value)
                values (:id, :kind, :place, :destination, :variable, :value)""")
                .param("id", id)
                .param("kind", repair.kind().name())
                .param("place", repair.at())
                .param("destination", repair.to())
                .param("variable", repair.variable())
                .param("value", repair.value())
                .update();
    }

    Optional<BreakGlass> find(long id) {
        return read(id, "");
    }

    /** Locks it until the transaction ends, so that two people, or two nodes, cannot decide or use it at once. */
    Optional<BreakGlass> lock(long id) {
        return read(id, FOR_UPDATE);
    }

    private Optional<BreakGlass> read(long id, String locking) {
        List<BreakGlass> rows = jdbc.sql("select * from break_glass where id = :id" + locking)
                .param("id", id)
                .query((row, i) -> map(row))
                .list();
        return withActions(rows, locking).stream().findFirst();
    }

    /** The numbers of those that somebody still has to do something about, oldest first. */
    List<String> underWay() {
        return jdbc
                .sql("select id from break_glass where state in (:states) order by id")
                .param("states", BreakGlass.UNDER_WAY.stream().map(State::name).toList())
                .query(Long.class)
                .list()
                .stream()
                .map(BreakGlassNumber::of)
                .toList();
    }

    /** Newest first. */
    List<BreakGlass> list(@Nullable State state, long before, int limit) {
        Map<String, Object> values = new HashMap<>(Map.of("before", before, "limit", limit));
        if (state != null) {
            values.put("state", state.name());
        }
        return withActions(
                jdbc.sql("select * from break_glass where id < :before"
                                + (state == null ? "" : " and state = :state")
                                + " order by id desc limit :limit")
                        .params(values)
                        .query((row, i) -> map(row))
                        .list(),
                "");
    }

    /** Locked too, if the rows are: H2 would else answer from memory what was so before another used it. */
    private List<BreakGlass> withActions(List<BreakGlass> rows, String locking) {
        if (rows.isEmpty()) {
            return rows;
        }
        Map<Long, List<NamedAction>> actions = new HashMap<>();
        jdbc.sql("select * from break_glass_action where break_glass_id in (:ids) order by break_glass_id, kind"
                        + locking)
                .param("ids", rows.stream().map(BreakGlassRows::idOf).toList())
                .query(row -> {
                    actions.computeIfAbsent(row.getLong("break_glass_id"), id -> new ArrayList<>())
                            .add(action(row));
                });
        return rows.stream()
                .map(row -> row.with(actions.getOrDefault(idOf(row), List.of())))
                .toList();
    }

    void decide(BreakGlass decided, State state, String by, Instant at, String reason) {
        jdbc.sql(
                        """
                update break_glass set state = :state, decided_by = :by, decided_at = :at, decision_reason = :reason,
                    version = version + 1
                where id = :id""")
                .param("state", state.name())
                .param("by", by)
                .param("at", utc(at))
                .param("reason", reason)
                .param("id", idOf(decided))
                .update();
    }

    /** Fails rather than spend it twice, whatever was read before. */
    void spend(BreakGlass used, Repair.Kind kind, Instant at) {
        int spent = jdbc.sql(
                        """
                update break_glass_action set used_at = :at
                where break_glass_id = :id and kind = :kind and used_at is null""")
                .param("at", utc(at))
                .param("id", idOf(used))
                .param("kind", kind.name())
                .update();
        if (spent != 1) {
            throw new IllegalStateException(kind + " of " + used.number() + " was spent by somebody else");
        }
        jdbc.sql("update break_glass set version = version + 1 where id = :id")
                .param("id", idOf(used))
                .update();
    }

    void end(BreakGlass ended, State state, @Nullable EndReason because, Instant at) {
        jdbc.sql(
                        """
                update break_glass set state = :state, ended_because = :because, ended_at = :at, version = version + 1
                where id = :id""")
                .param("state", state.name())
                .param("because", because == null ? null : because.name())
                .param("at", utc(at))
                .param("id", idOf(ended))
                .update();
    }

    void review(BreakGlass reviewed, Outcome outcome, String toMend, String by, Instant at) {
        jdbc.sql(
                        """
                update break_glass set state = 'REVIEWED', outcome = :outcome, to_mend = :mend, reviewed_by = :by,
                    reviewed_at = :at, version = version + 1
                where id = :id""")
                .param("outcome", outcome.name())
                .param("mend", toMend)
                .param("by", by)
                .param("at", utc(at))
                .param("id", idOf(reviewed))
                .update();
    }

    static long idOf(BreakGlass breakGlass) {
        return BreakGlassNumber.findId(breakGlass.number()).orElseThrow();
    }

    private static NamedAction action(ResultSet row) throws SQLException {
        Repair repair = new Repair(
                Repair.Kind.valueOf(row.getString("kind")),
                row.getString("place"),
                row.getString("destination"),
                row.getString("variable_name"),
                row.getString("variable_value"));
        return new NamedAction(repair, moment(row, "used_at"));
    }

    private static BreakGlass map(ResultSet row) throws SQLException {
        String because = row.getString("ended_because");
        String outcome = row.getString("outcome");
        return new BreakGlass(
                BreakGlassNumber.of(row.getLong("id")),
                State.valueOf(row.getString("state")),
                row.getString("target"),
                List.of(),
                row.getString("reason"),
                row.getString("incident"),
                Objects.requireNonNull(moment(row, "expires_at")),
                row.getString("asked_by"),
                Objects.requireNonNull(moment(row, "asked_at")),
                row.getString("decided_by"),
                moment(row, "decided_at"),
                row.getString("decision_reason"),
                because == null ? null : EndReason.valueOf(because),
                moment(row, "ended_at"),
                outcome == null ? null : Outcome.valueOf(outcome),
                row.getString("to_mend"),
                row.getString("reviewed_by"),
                moment(row, "reviewed_at"),
                row.getLong("version"));
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static @Nullable Instant moment(ResultSet row, String column) throws SQLException {
        LocalDateTime value = row.getObject(column, LocalDateTime.class);
        return value == null ? null : value.toInstant(ZoneOffset.UTC);
    }
}
