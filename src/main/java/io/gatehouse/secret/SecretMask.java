package io.gatehouse.secret;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes secrets out of what a tool says, also where two pieces of it meet. It knows them as they are and line by line;
 * a tool that spells them in another way shows them.
 */
public final class SecretMask {

    /** What stands in place of a secret. */
    public static final String SHOWN = "[secret]";

    /** Hiding less would leave a hole in many a word and protect nothing. */
    private static final int SHORTEST = 4;

    private final List<String> secrets;
    private String held = "";

    public SecretMask(Collection<String> secrets) {
        this.secrets = secrets.stream()
                .flatMap(secret ->
                        Stream.concat(Stream.of(secret), secret.lines().map(String::strip)))
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
    }

    /** A whole text without the secrets in it. */
    public String hide(String text) {
        String hidden = text;
        for (String secret : secrets) {
            hidden = hidden.replace(secret, SHOWN);
        }
        return hidden;
    }

    /** What may be shown of a text that goes on: an end that may be the beginning of a secret waits for what follows. */
    public String next(String piece) {
        String text = hide(held + piece);
        int shown = text.length() - longestBeginningAtEndOf(text);
        held = text.substring(shown);
        return text.substring(0, shown);
    }

    /** What is left when the text has ended. Most of a secret is hidden like all of it. */
    public String rest() {
        String rest = held.length() < 2 * SHORTEST ? held : SHOWN;
        held = "";
        return rest;
    }

    private int longestBeginningAtEndOf(String text) {
        return secrets.stream()
                .mapToInt(secret -> beginningAtEndOf(text, secret))
                .max()
                .orElse(0);
    }

    private static int beginningAtEndOf(String text, String secret) {
        for (int length = Math.min(text.length(), secret.length() - 1); length > 0; length--) {
            if (text.endsWith(secret.substring(0, length))) {
                return length;
            }
        }
        return 0;
    }
}
