package io.gatehouse.malformed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A text that stands nowhere else, planted in one place to be searched for in all others.
 *
 * @param place where it was planted
 */
record Canary(String place, String text) {

    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A new one: 32 letters and digits. */
    static Canary in(String place) {
        return new Canary(
                place,
                "Cnry"
                        + RANDOM.ints(28, 0, ALPHABET.length())
                                .mapToObj(i -> ALPHABET.substring(i, i + 1))
                                .collect(Collectors.joining()));
    }

    /** What to search for, by the name of the spelling. */
    Map<String, String> spellings() {
        Map<String, String> spellings = new TreeMap<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        spellings.put("plain", text);
        spellings.put("hex", hex);
        spellings.put("HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        spellings.put("url-encoded", hex.replaceAll("..", "%$0"));
        spellings.put("URL-ENCODED", hex.replaceAll("..", "%$0").toUpperCase(java.util.Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            spellings.put("base64 after " + before, base64(bytes, before));
            spellings.put(
                    "base64url after " + before,
                    base64(bytes, before).replace('+', '-').replace('/', '_'));
        }
        return spellings;
    }

    /** How a bare hash of it would look: whoever has that and a guess is sure. */
    Map<String, String> hashes() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Map.of("SHA-256", HexFormat.of().formatHex(hash), "SHA-256 in base64", base64(hash, 0));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The part that is the same whatever follows, when so many other bytes come before. */
    private static String base64(byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        String encoded = Base64.getEncoder().encodeToString(all);
        return encoded.substring((before * 8 + 5) / 6, all.length * 8 / 6);
    }
}
