package io.gatehouse.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How an entry is hashed: SHA-256 over a zero byte (the leaf prefix of RFC 6962), its number as eight bytes, the hash of
 * the entry before it, and each of its fields preceded by its length, so no two different entries give the same bytes.
 */
final class AuditHash {

    /** The last entry of the chain. Before the first entry it is number 0 with a hash of 64 zeros. */
    record Head(long n, String hash) {}

    private AuditHash() {}

    static Head next(Head head, AuditDraft draft) {
        MessageDigest digest = sha256();
        digest.update((byte) 0);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(head.n() + 1).array());
        add(digest, head.hash());
        add(digest, draft.at().toString());
        add(digest, draft.actor());
        add(digest, draft.action());
        add(digest, draft.object());
        add(digest, draft.payload());
        return new Head(head.n() + 1, HexFormat.of().formatHex(digest.digest()));
    }

    private static void add(MessageDigest digest, String field) {
        byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
