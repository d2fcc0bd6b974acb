package io.gatehouse.secret;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys secrets are encrypted with, in the operator's order: the first encrypts, all decrypt. */
final class SecretKeys {

    /** The key of the profile {@code sample}, which everybody can read here. */
    static final String WELL_KNOWN = "sample-key-that-everybody-knows!";

    private static final int BYTES = 32;
    private static final String ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,39}";
    private static final String HOW = "; make one with: openssl rand -base64 32";

    private final Map<String, SecretKey> byId;

    private SecretKeys(Map<String, SecretKey> byId) {
        this.byId = byId;
    }

    /**
     * Reads keys written as {@code id:base64}.
     *
     * @param evaluation whether the key that everybody knows will do
     * @throws IllegalArgumentException with one line that names no key
     */
    static SecretKeys parse(Collection<String> entries, boolean evaluation) {
        Map<String, SecretKey> keys = new LinkedHashMap<>();
        for (String entry : entries) {
            if (!entry.isBlank()) {
                add(keys, entry.strip(), evaluation);
            }
        }
        return new SecretKeys(keys);
    }

    private static void add(Map<String, SecretKey> keys, String entry, boolean evaluation) {
        int colon = entry.indexOf(':');
        String id = colon < 0 ? "" : entry.substring(0, colon);
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("key " + (keys.size() + 1)
                    + " must be written <id>:<base64>, the id of letters, digits, dots, hyphens and underscores");
        }
        byte[] bytes = decode(id, entry.substring(colon + 1));
        check(id, bytes, evaluation);
        SecretKey key = new SecretKeySpec(bytes, "AES");
        keys.forEach((other, known) -> {
            if (other.equals(id)) {
                throw new IllegalArgumentException("two keys have the id '" + id + "'");
            }
            if (Arrays.equals(known.getEncoded(), bytes)) {
                throw new IllegalArgumentException("the keys '" + other + "' and '" + id + "' are the same");
            }
        });
        keys.put(id, key);
    }

    private static byte[] decode(String id, String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            // Not as the cause: its message may quote the key.
            throw new IllegalArgumentException("the key '" + id + "' is not base64" + HOW);
        }
    }

    private static void check(String id, byte[] bytes, boolean evaluation) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the key '" + id + "' has " + bytes.length + " bytes and not 32" + HOW);
        }
        byte[] same = new byte[BYTES];
        Arrays.fill(same, bytes[0]);
        if (Arrays.equals(same, bytes)) {
            throw new IllegalArgumentException("the bytes of the key '" + id + "' are all the same" + HOW);
        }
        if (!evaluation && Arrays.equals(WELL_KNOWN.getBytes(StandardCharsets.US_ASCII), bytes)) {
            throw new IllegalArgumentException(
                    "the key '" + id + "' is that of the sample, which everybody knows" + HOW);
        }
    }

    /** The id of the key that encrypts; empty if there is no key at all. */
    Optional<String> first() {
        return byId.keySet().stream().findFirst();
    }

    Optional<SecretKey> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Set<String> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }
}
