package io.gatehouse.people;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What a new password must be: long, and not what is tried first. Nothing is asked about kinds of characters, and nobody
 * has to change a password after a time. After NIST SP 800-63B-4, section 3.1.1.2, which wants 15 characters where a
 * password alone lets somebody in.
 */
@Component
class PasswordRules {

    static final int SHORTEST = 15;
    static final int LONGEST = 128;

    /** Shorter words stand in other words too often. */
    private static final int WORD = 4;

    private final CommonPasswords common = CommonPasswords.read();

    /** What is wrong with it, in a sentence that says what to do; empty if nothing is. */
    Optional<String> objection(String password, String id, String name) {
        String normal = Normalizer.normalize(password, Normalizer.Form.NFKC);
        int length = normal.codePointCount(0, normal.length());
        if (length < SHORTEST) {
            return Optional.of("The password must have at least " + SHORTEST
                    + " characters. Several words that have nothing to do with each other are easy to remember.");
        }
        if (length > LONGEST) {
            return Optional.of("The password must have at most " + LONGEST + " characters.");
        }
        String lower = normal.toLowerCase(Locale.ROOT);
        if (guesses(id, name).anyMatch(lower::contains)) {
            return Optional.of("The password must not contain your name or the word gatehouse, which are tried first.");
        }
        return common.contains(lower)
                ? Optional.of("The password is little more than words and characters that are tried first. Take several"
                        + " words that have nothing to do with each other.")
                : Optional.empty();
    }

    private static Stream<String> guesses(String id, String name) {
        String normal = Normalizer.normalize(name, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return Stream.of(Stream.of("gatehouse", id), Stream.of(id.split("[._-]")), Stream.of(normal.split("[\\s'-]+")))
                .flatMap(words -> words)
                .filter(word -> word.length() >= WORD);
    }
}
