package io.gatehouse.release;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Whoever writes here has locked the release. */
@Repository
class ReadinessRows {

    private final JdbcClient jdbc;

    ReadinessRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Gives its id. */
    long insert(String release, ReadinessNote note) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("insert into release_readiness (release_number, noted_at, score) values (?, ?, ?)")
                .params(release, utc(note.at()), note.score())
                .update(key, "id");
        long id = Objects.requireNonNull(key.getKey(), "id").longValue();
        int position = 0;
        for (ReadinessNote.Missing one : note.missing()) {
            jdbc.sql(
                            """
                    insert into release_readiness_missing (readiness_id, position, criterion, about, owner,
                      missing_since)
                    values (?, ?, ?, ?, ?, ?)""")
                    .params(id, ++position, one.criterion(), one.about(), one.owner(), utc(one.since()))
                    .update();
        }
        return id;
    }

    /** The newest first. */
    List<ReadinessNote> newest(String release, int limit) {
        return jdbc.sql("select * from release_readiness where release_number = ? order by id desc limit ?")
                .params(release, limit)
                .query((row, i) ->
                        new ReadinessNote(moment(row, "noted_at"), row.getInt("score"), missing(row.getLong("id"))))
                .list();
    }

    private List<ReadinessNote.Missing> missing(long id) {
        return jdbc.sql("select * from release_readiness_missing where readiness_id = ? order by position")
                .param(id)
                .query((row, i) -> new ReadinessNote.Missing(
                        row.getString("criterion"),
                        row.getString("about"),
                        row.getString("owner"),
                        moment(row, "missing_since")))
                .list();
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, LocalDateTime.class), column)
                .toInstant(ZoneOffset.UTC);
    }
}
