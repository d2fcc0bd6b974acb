package io.gatehouse.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A digest of several values in a fixed order, by which anybody can later tell whether one of them was altered: SHA-256
 * over each value in UTF-8 after its length in four bytes, or -1 for an absent one. Moments count to the second, because
 * not every database keeps more, and bytes are written in hexadecimal; 64 hexadecimal digits.
 */
public final class Fingerprint {

    private Fingerprint() {}

    public static String of(@Nullable Object... values) {
        MessageDigest digest = sha256();
        for (Object value : values) {
            add(digest, value);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Adds a value to those of a row, after its name, where it is not absent: for what rows did not have at first. So a row
     * of before has the digest it had, and no value can pass for another one.
     */
    public static void addNamed(List<@Nullable Object> row, String name, @Nullable Object value) {
        if (value != null) {
            row.add(name);
            row.add(value);
        }
    }

    /** The digest of a text alone, as {@code sha256sum} prints it for a file in UTF-8. */
    public static String ofText(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void add(MessageDigest digest, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(element -> add(digest, element));
        } else if (value == null) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(-1).array());
        } else {
            byte[] bytes = text(value).getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
    }

    private static String text(Object value) {
        if (value instanceof Instant moment) {
            return moment.truncatedTo(ChronoUnit.SECONDS).toString();
        }
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
        return value instanceof Enum<?> constant ? constant.name() : value.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
