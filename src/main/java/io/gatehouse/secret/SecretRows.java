package io.gatehouse.secret;

import io.gatehouse.audit.Fingerprint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table {@code secret}. */
@Component
class SecretRows {

    /**
     * A row.
     *
     * @param previous the value before, sealed as one version less; null if there was none or it is forgotten
     */
    record Row(
            String name, long version, Sealed current, @Nullable Sealed previous, String changedBy, Instant changedAt) {

        /** How the audit trail names it. */
        String object() {
            return "secret-" + name;
        }

        /** A digest of what is stored, which is encrypted. */
        String fingerprint() {
            return Fingerprint.of(
                    name,
                    version,
                    current.keyId(),
                    current.nonce(),
                    current.ciphertext(),
                    previous == null ? null : previous.keyId(),
                    previous == null ? null : previous.nonce(),
                    previous == null ? null : previous.ciphertext(),
                    changedBy,
                    changedAt);
        }

        Row withoutPrevious() {
            return new Row(name, version, current, null, changedBy, changedAt);
        }

        boolean isUnder(String keyId) {
            return current.keyId().equals(keyId)
                    && (previous == null || previous.keyId().equals(keyId));
        }
    }

    private static final String SELECT =
            """
            select secret_name, version, key_id, nonce, ciphertext, previous_key_id, previous_nonce, previous_ciphertext,
              changed_by, changed_at
            from secret""";

    private final JdbcClient jdbc;

    SecretRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Row> find(String name) {
        return jdbc.sql(SELECT + " where secret_name = ?")
                .param(name)
                .query((row, i) -> row(row))
                .optional();
    }

    /** Finds a row and keeps everybody else from writing it until the transaction ends. */
    Optional<Row> lock(String name) {
        return jdbc.sql(SELECT + " where secret_name = ? for update")
                .param(name)
                .query((row, i) -> row(row))
                .optional();
    }

    List<Row> list(@Nullable String after, int limit) {
        return jdbc.sql(SELECT + " where secret_name > ? order by secret_name limit ?")
                .params(after == null ? "" : after, limit)
                .query((row, i) -> row(row))
                .list();
    }

    List<Row> all() {
        return jdbc.sql(SELECT + " order by secret_name")
                .query((row, i) -> row(row))
                .list();
    }

    void insert(Row row) {
        jdbc.sql(
                        """
                        insert into secret (secret_name, version, key_id, nonce, ciphertext, previous_key_id,
                          previous_nonce, previous_ciphertext, changed_by, changed_at)
                        values (:name, :version, :keyId, :nonce, :ciphertext, :previousKeyId, :previousNonce,
                          :previousCiphertext, :changedBy, :changedAt)""")
                .params(columns(row))
                .update();
    }

    /** Writes a row that is locked. */
    void update(Row row) {
        jdbc.sql(
                        """
                        update secret set version = :version, key_id = :keyId, nonce = :nonce,
                          ciphertext = :ciphertext, previous_key_id = :previousKeyId,
                          previous_nonce = :previousNonce, previous_ciphertext = :previousCiphertext,
                          changed_by = :changedBy, changed_at = :changedAt
                        where secret_name = :name""")
                .params(columns(row))
                .update();
    }

    void delete(String name) {
        jdbc.sql("delete from secret where secret_name = ?").param(name).update();
    }

    /** The names of those that were changed before a moment and still have the value before. */
    List<String> withPrevious(Instant changedBefore) {
        return jdbc.sql(
                        """
                        select secret_name from secret where previous_key_id is not null and changed_at < ?
                        order by secret_name""")
                .param(LocalDateTime.ofInstant(changedBefore, ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private static Map<String, @Nullable Object> columns(Row row) {
        Sealed previous = row.previous();
        Map<String, @Nullable Object> columns = new HashMap<>();
        columns.put("name", row.name());
        columns.put("version", row.version());
        columns.put("keyId", row.current().keyId());
        columns.put("nonce", row.current().nonce());
        columns.put("ciphertext", row.current().ciphertext());
        columns.put("previousKeyId", previous == null ? null : previous.keyId());
        columns.put("previousNonce", previous == null ? null : previous.nonce());
        columns.put("previousCiphertext", previous == null ? null : previous.ciphertext());
        columns.put("changedBy", row.changedBy());
        columns.put("changedAt", LocalDateTime.ofInstant(row.changedAt(), ZoneOffset.UTC));
        return columns;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString("secret_name"),
                row.getLong("version"),
                Objects.requireNonNull(sealed(row, "")),
                sealed(row, "previous_"),
                row.getString("changed_by"),
                row.getObject("changed_at", LocalDateTime.class).toInstant(ZoneOffset.UTC));
    }

    private static @Nullable Sealed sealed(ResultSet row, String prefix) throws SQLException {
        String keyId = row.getString(prefix + "key_id");
        return keyId == null
                ? null
                : new Sealed(keyId, row.getBytes(prefix + "nonce"), row.getBytes(prefix + "ciphertext"));
    }
}
