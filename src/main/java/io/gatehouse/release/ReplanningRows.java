package io.gatehouse.release;

import io.gatehouse.change.Window;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** How releases were put off and split. Whoever writes here has locked the release. */
@Repository
class ReplanningRows {

    private final JdbcClient jdbc;

    ReplanningRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Postponement add(Release before, Release after, String reason, String by, Instant at) {
        ReleaseContent old = before.content();
        ReleaseContent later = after.content();
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql(
                        """
                        insert into release_postponement (release_number, old_starts_at, old_ends_at, old_ready_on,
                          new_starts_at, new_ends_at, new_ready_on, reason, postponed_by, postponed_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        before.stored(),
                        utc(old.window().startsAt()),
                        utc(old.window().endsAt()),
                        old.readyOn())
                .params(utc(later.window().startsAt()), utc(later.window().endsAt()), later.readyOn())
                .params(reason, by, utc(at))
                .update(key, "id");
        return new Postponement(
                idOf(key),
                before.number(),
                old.window(),
                old.readyOn(),
                later.window(),
                later.readyOn(),
                reason,
                by,
                at);
    }

    Split add(Release from, Release into, String by, Instant at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into release_split (from_number, into_number, split_by, split_at) values (?, ?, ?, ?)")
                .params(from.stored(), into.stored(), by, utc(at))
                .update(key, "id");
        return new Split(idOf(key), from.number(), into.number(), by, at);
    }

    PlanHistory of(String stored) {
        return new PlanHistory(
                jdbc.sql("select * from release_postponement where release_number = ? order by id")
                        .param(stored)
                        .query((row, i) -> postponement(row))
                        .list(),
                jdbc.sql("select * from release_split where from_number = ? or into_number = ? order by id")
                        .params(stored, stored)
                        .query((row, i) -> split(row))
                        .list());
    }

    private static Postponement postponement(ResultSet row) throws SQLException {
        return new Postponement(
                row.getLong("id"),
                ReleaseNumber.of(row.getString("release_number")),
                new Window(moment(row, "old_starts_at"), moment(row, "old_ends_at")),
                row.getObject("old_ready_on", LocalDate.class),
                new Window(moment(row, "new_starts_at"), moment(row, "new_ends_at")),
                row.getObject("new_ready_on", LocalDate.class),
                row.getString("reason"),
                row.getString("postponed_by"),
                moment(row, "postponed_at"));
    }

    private static Split split(ResultSet row) throws SQLException {
        return new Split(
                row.getLong("id"),
                ReleaseNumber.of(row.getString("from_number")),
                ReleaseNumber.of(row.getString("into_number")),
                row.getString("split_by"),
                moment(row, "split_at"));
    }

    private static long idOf(GeneratedKeyHolder key) {
        return Objects.requireNonNull(key.getKey(), "id").longValue();
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
