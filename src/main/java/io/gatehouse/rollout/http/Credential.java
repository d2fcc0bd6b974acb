package io.gatehouse.rollout.http;

import io.gatehouse.secret.SecretMask;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.SecretUnreadable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a tool knows us by: one header with a secret in it, which is read at each use if it is a stored one; or none. */
public final class Credential {

    private static final Credential NONE = new Credential("", null, text -> text);

    /** The header of one exchange, if there is one, and what hides it in the answer. */
    record Opened(Map<String, String> header, SecretMask mask) {}

    /** It cannot be used; the message says why. */
    static final class NotUsable extends Exception {

        NotUsable(String reason) {
            super(reason);
        }
    }

    private final String header;
    private final @Nullable SecretText secret;
    private final UnaryOperator<String> value;

    private Credential(String header, @Nullable SecretText secret, UnaryOperator<String> value) {
        this.header = header;
        this.secret = secret;
        this.value = value;
    }

    public static Credential bearer(SecretText token) {
        return new Credential("Authorization", token, text -> "Bearer " + text);
    }

    /** A name and a password or token of that name (RFC 7617). */
    public static Credential basic(String user, SecretText password) {
        return new Credential("Authorization", password, text -> "Basic " + base64(user + ":" + text));
    }

    /** For a tool that lets everybody look. */
    public static Credential none() {
        return NONE;
    }

    /** A name and its password, or a token if there is no name. */
    public static Credential basicOrBearer(@Nullable String user, SecretText secret) {
        return user == null ? bearer(secret) : basic(user, secret);
    }

    /** A header of the tool's own. */
    public static Credential header(String name, SecretText secret) {
        return new Credential(name, secret, text -> text);
    }

    Optional<String> storedName() {
        return Optional.ofNullable(secret).flatMap(SecretText::storedName);
    }

    Opened open() throws NotUsable {
        if (secret == null) {
            return new Opened(Map.of(), new SecretMask(List.of()));
        }
        try {
            String text = secret.current();
            if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw new NotUsable("The secret " + secret + " is empty or has line ends or other control characters,"
                        + " which no header can carry.");
            }
            String sent = value.apply(text);
            return new Opened(
                    Map.of(header, sent), new SecretMask(List.of(text, sent.substring(sent.indexOf(' ') + 1))));
        } catch (SecretUnreadable unreadable) {
            throw new NotUsable(String.valueOf(unreadable.getMessage()));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
