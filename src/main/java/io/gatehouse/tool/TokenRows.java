package io.gatehouse.tool;

import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code tool_token}. */
@Component
class TokenRows {

    /** A token with what proves it and with whether its tool is enabled. */
    record Stored(ToolToken token, byte[] hash, boolean toolEnabled, String responsible) {}

    private static final String COLUMNS =
            """
            select token_id, tool_key, created_by, created_at, expires_at, last_used_at, revoked_at
            from tool_token""";

    private final JdbcClient jdbc;

    TokenRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Stored> find(String id) {
        return jdbc.sql(
                        """
                        select t.token_id, t.tool_key, t.token_hash, t.created_by, t.created_at, t.expires_at,
                          t.last_used_at, t.revoked_at, tool.enabled, tool.responsible
                        from tool_token t join tool on tool.tool_key = t.tool_key where t.token_id = ?""")
                .param(id)
                .query((row, i) -> new Stored(
                        token(row),
                        row.getBytes("token_hash"),
                        row.getBoolean("enabled"),
                        row.getString("responsible")))
                .optional();
    }

    /** The tokens of a tool, newest first. */
    List<ToolToken> of(String tool) {
        return jdbc.sql(COLUMNS + " where tool_key = ? order by created_at desc, token_id")
                .param(tool)
                .query((row, i) -> token(row))
                .list();
    }

    void insert(ToolToken token, byte[] hash) {
        jdbc.sql(
                        """
                        insert into tool_token (token_id, tool_key, token_hash, created_by, created_at, expires_at)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        token.id(),
                        token.tool(),
                        hash,
                        token.createdBy(),
                        utc(token.createdAt()),
                        utc(token.expiresAt()))
                .update();
    }

    void revoke(String id, Instant at) {
        jdbc.sql("update tool_token set revoked_at = ? where token_id = ?")
                .params(utc(at), id)
                .update();
    }

    void expire(String id, Instant at) {
        jdbc.sql("update tool_token set expires_at = ? where token_id = ?")
                .params(utc(at), id)
                .update();
    }

    /** The digest of the row, but for when the token was used last. */
    String fingerprint(String id) {
        return jdbc.sql(
                        """
                        select token_id, tool_key, token_hash, created_by, created_at, expires_at, revoked_at
                        from tool_token where token_id = ?""")
                .param(id)
                .query((row, i) -> Fingerprint.of(
                        row.getString("token_id"),
                        row.getString("tool_key"),
                        row.getBytes("token_hash"),
                        row.getString("created_by"),
                        moment(row, "created_at"),
                        moment(row, "expires_at"),
                        momentIfAny(row, "revoked_at")))
                .single();
    }

    /** Never sets the clock back: another node may have seen the token later. */
    void used(String id, Instant at) {
        jdbc.sql(
                        "update tool_token set last_used_at = ? where token_id = ? and (last_used_at is null or last_used_at < ?)")
                .params(utc(at), id, utc(at))
                .update();
    }

    private static ToolToken token(ResultSet row) throws SQLException {
        return new ToolToken(
                row.getString("token_id"),
                row.getString("tool_key"),
                row.getString("created_by"),
                moment(row, "created_at"),
                moment(row, "expires_at"),
                momentIfAny(row, "last_used_at"),
                momentIfAny(row, "revoked_at"));
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
