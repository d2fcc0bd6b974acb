package io.gatehouse.audit.verify;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;

/** One row of the trail. */
record StoredEntry(
        long number,
        LocalDateTime recordedAt,
        String actor,
        String action,
        String object,
        String payload,
        String previousHash,
        String hash) {

    /** From a row with all columns in the order of the table. */
    static StoredEntry read(ResultSet row) throws SQLException {
        return new StoredEntry(
                row.getLong(1),
                row.getObject(2, LocalDateTime.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8));
    }

    /**
     * The hash this row must have: SHA-256 over a zero byte, the number in eight bytes, then the previous hash, the time
     * as an ISO instant, actor, action, object and payload in UTF-8, each after its length in four bytes.
     */
    String expectedHash() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(0);
            out.writeLong(number);
            String time = recordedAt.toInstant(ZoneOffset.UTC).toString();
            for (String field : new String[] {previousHash, time, actor, action, object, payload}) {
                byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
                out.writeInt(utf8.length);
                out.write(utf8);
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Hashing in memory cannot fail", e);
        }
    }
}
