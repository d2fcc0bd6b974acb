package io.gatehouse.rollout.connector;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and verifies messages as the Standard Webhooks specification says:
 * {@code v1,base64(HMAC-SHA256(id.timestamp.body))}.
 */
public final class WebhookSecret {

    /** How far a message's time may be from ours, either way. */
    static final Duration TOLERANCE = Duration.ofSeconds(300);

    private static final String PREFIX = "whsec_";

    private final byte[] key;

    private WebhookSecret(byte[] key) {
        this.key = key;
    }

    /**
     * Reads a secret as {@code whsec_<base64>}, with at least 24 bytes.
     *
     * @throws IllegalArgumentException if it is not one; the message does not contain it
     */
    public static WebhookSecret parse(String secret) {
        try {
            byte[] key = Base64.getDecoder().decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : "");
            if (key.length >= 24) {
                return new WebhookSecret(key);
            }
        } catch (IllegalArgumentException notBase64) {
            throw new IllegalArgumentException("A webhook secret must be whsec_ and base64", notBase64);
        }
        throw new IllegalArgumentException("A webhook secret must be whsec_ and the base64 of at least 24 bytes");
    }

    /** The value of the header {@code webhook-signature}. */
    public String sign(String id, Instant at, byte[] body) {
        return signature(id, Long.toString(at.getEpochSecond()), body);
    }

    /**
     * Whether a message was signed with this secret not long ago. An id with a full stop is none: the specification
     * forbids it, and where id and time end in what was signed would be anybody's choice.
     *
     * @param timestamp the header {@code webhook-timestamp}, seconds since 1970
     * @param signatures the header {@code webhook-signature}, which may hold several separated by spaces
     */
    public boolean verifies(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (id.contains(".") || !timestamp.matches("\\d{1,12}")) {
            return false;
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now);
        byte[] expected = signature(id, timestamp, body).getBytes(StandardCharsets.UTF_8);
        // The texts and not the bytes they stand for: base64 has several texts for the same bytes.
        return age.abs().compareTo(TOLERANCE) <= 0
                && Arrays.stream(signatures.split(" "))
                        .anyMatch(given -> MessageDigest.isEqual(expected, given.getBytes(StandardCharsets.UTF_8)));
    }

    private String signature(String id, String timestamp, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(hmac(id, timestamp, body));
    }

    private byte[] hmac(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", e);
        }
    }
}
