package io.gatehouse.tool;

import io.gatehouse.access.ToolTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a token: {@code gh_<id>_<secret><checksum>}, letters and digits. The prefix lets scanners find a leaked
 * one, and the checksum lets them and us tell a token from something like it without asking the database.
 *
 * @param id 12 characters that find the token; not secret
 * @param text the whole token; its 43 random characters are 256 bits
 */
record TokenText(String id, String text) {

    static final int ID_LENGTH = 12;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern FORM = Pattern.compile(ToolTokens.PREFIX + "([0-9A-Za-z]{" + ID_LENGTH
            + "})_[0-9A-Za-z]{" + SECRET_LENGTH + "}([0-9A-Za-z]{" + CHECKSUM_LENGTH + "})");
    private static final SecureRandom RANDOM = new SecureRandom();

    static TokenText random() {
        String id = characters(ID_LENGTH);
        String body = ToolTokens.PREFIX + id + "_" + characters(SECRET_LENGTH);
        return new TokenText(id, body + checksum(body));
    }

    /** Reads what claims to be a token; empty when it is none. */
    static Optional<TokenText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches() && checksum(text.substring(0, form.start(2))).equals(form.group(2))
                ? Optional.of(new TokenText(form.group(1), text))
                : Optional.empty();
    }

    /** What is stored. A slow hash would protect a guessable secret; this one is 256 random bits. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return ToolTokens.PREFIX + id + "_…";
    }

    private static String characters(int count) {
        return RANDOM.ints(count, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
            rest /= ALPHABET.length();
        }
        return new String(digits);
    }
}
