package io.gatehouse.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code people_link}. */
@Component
class LinkRows {

    /** For how long after its end a link is still told from one that never was. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private final JdbcClient jdbc;

    LinkRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Link> find(LinkSecret secret) {
        return jdbc.sql(
                        """
                        select purpose, person, created_by, created_at, expires_at, used_at
                        from people_link where link_hash = ?""")
                .param(secret.hash())
                .query((row, i) -> link(row))
                .optional();
    }

    void insert(LinkSecret secret, Link link) {
        jdbc.sql("delete from people_link where expires_at < ?")
                .param(utc(link.createdAt().minus(REMEMBERED)))
                .update();
        jdbc.sql(
                        """
                        insert into people_link (link_hash, purpose, person, created_by, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        secret.hash(),
                        link.purpose().name(),
                        link.person(),
                        link.createdBy(),
                        utc(link.createdAt()),
                        utc(link.expiresAt()))
                .update();
    }

    /** Ends the links that a person has and has not used. */
    void replace(String person, Instant now) {
        jdbc.sql("update people_link set expires_at = ? where person = ? and used_at is null and expires_at > ?")
                .params(utc(now), person, utc(now))
                .update();
    }

    /** Notes that a link was used. @return whether nobody had used it before */
    boolean use(LinkSecret secret, Instant at) {
        return jdbc.sql("update people_link set used_at = ? where link_hash = ? and used_at is null")
                        .params(utc(at), secret.hash())
                        .update()
                == 1;
    }

    /** Notes that a link was refused. @return whether that is the first time */
    boolean refuse(LinkSecret secret, Instant at) {
        return jdbc.sql("update people_link set refused_at = ? where link_hash = ? and refused_at is null")
                        .params(utc(at), secret.hash())
                        .update()
                == 1;
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                Link.Purpose.valueOf(row.getString("purpose")),
                row.getString("person"),
                row.getString("created_by"),
                moment(row, "created_at"),
                moment(row, "expires_at"),
                row.getObject("used_at") == null ? null : moment(row, "used_at"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
