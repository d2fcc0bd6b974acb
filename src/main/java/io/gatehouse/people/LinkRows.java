package io.gatehouse.people;

import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code people_link}. */
@Component
class LinkRows {

    /** For how long after its end a link is still told from one that never was. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final AuditTrail audit;

    LinkRows(JdbcClient jdbc, AuditTrail audit) {
        this.jdbc = jdbc;
        this.audit = audit;
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
        forget(link.createdAt().minus(REMEMBERED));
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
        tell("people.LinkMade", secret.hash());
    }

    private void forget(Instant expiredBefore) {
        for (byte[] hash : jdbc.sql("select link_hash from people_link where expires_at < ?")
                .param(utc(expiredBefore))
                .query((row, i) -> row.getBytes(1))
                .list()) {
            jdbc.sql("delete from people_link where link_hash = ?").param(hash).update();
            audit.recordEnd("people.LinkForgotten", object(hash), Map.of());
        }
    }

    private void tell(String action, byte[] hash) {
        String row = jdbc.sql(
                        """
                        select link_hash, purpose, person, created_by, created_at, expires_at, used_at, refused_at
                        from people_link where link_hash = ?""")
                .param(hash)
                .query((found, i) -> Fingerprint.of(
                        found.getBytes("link_hash"),
                        found.getString("purpose"),
                        found.getString("person"),
                        found.getString("created_by"),
                        moment(found, "created_at"),
                        moment(found, "expires_at"),
                        momentIfAny(found, "used_at"),
                        momentIfAny(found, "refused_at")))
                .single();
        audit.recordState(action, object(hash), Map.of(), row);
    }

    /** The hash of 256 random bits proves nothing to anybody and leads to nothing. */
    private static String object(byte[] hash) {
        return "link-" + HexFormat.of().formatHex(hash);
    }

    /** Ends the links that a person has and has not used. */
    void replace(String person, Instant now) {
        for (byte[] hash : jdbc.sql(
                        "select link_hash from people_link where person = ? and used_at is null and expires_at > ?")
                .params(person, utc(now))
                .query((row, i) -> row.getBytes(1))
                .list()) {
            jdbc.sql("update people_link set expires_at = ? where link_hash = ?")
                    .params(utc(now), hash)
                    .update();
            tell("people.LinkReplaced", hash);
        }
    }

    /** Notes that a link was used. @return whether nobody had used it before */
    boolean use(LinkSecret secret, Instant at) {
        return written(
                "people.LinkUsed",
                "update people_link set used_at = ? where link_hash = ? and used_at is null",
                secret.hash(),
                at);
    }

    /** Notes that a link was refused. @return whether that is the first time */
    boolean refuse(LinkSecret secret, Instant at) {
        return written(
                "people.LinkRefusedOnce",
                "update people_link set refused_at = ? where link_hash = ? and refused_at is null",
                secret.hash(),
                at);
    }

    private boolean written(String action, String sql, byte[] hash, Instant at) {
        boolean written = jdbc.sql(sql).params(utc(at), hash).update() == 1;
        if (written) {
            tell(action, hash);
        }
        return written;
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(
                Link.Purpose.valueOf(row.getString("purpose")),
                row.getString("person"),
                row.getString("created_by"),
                moment(row, "created_at"),
                moment(row, "expires_at"),
                momentIfAny(row, "used_at"));
    }

    private static Instant moment(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }

    private static @Nullable Instant momentIfAny(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : moment(row, column);
    }

    private static LocalDateTime utc(Instant moment) {
        return LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
    }
}
