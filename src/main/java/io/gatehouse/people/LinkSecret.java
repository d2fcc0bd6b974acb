package io.gatehouse.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * The secret of a link that lets somebody choose a password once.
 *
 * @param text 43 random letters and digits, 256 bits
 */
record LinkSecret(String text) {

    private static final int LENGTH = 43;
    private static final String FORM = "[0-9A-Za-z]{" + LENGTH + "}";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    static LinkSecret random() {
        return new LinkSecret(RANDOM.ints(LENGTH, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString());
    }

    /** Reads what claims to be one; what has not its form never reaches the database. */
    static Optional<LinkSecret> parse(String text) {
        return text.matches(FORM) ? Optional.of(new LinkSecret(text)) : Optional.empty();
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
        return "LinkSecret";
    }
}
