package io.gatehouse.rollout.webhook;

import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.gatehouse.rollout.connector.InvalidSetting;
import io.gatehouse.rollout.connector.WebhookSecret;
import io.gatehouse.secret.SecretMask;
import io.gatehouse.secret.SecretText;
import io.gatehouse.secret.SecretUnreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a tool knows us by, and what we know the tool by. Stored secrets among it are read at each use. */
final class ToolSecrets {

    /**
     * For one call.
     *
     * @param mask hides what was read from the store
     */
    record Opened(WebhookSecret signing, Map<String, String> headers, SecretMask mask) {}

    /** A secret cannot be used; the message says which and why. */
    static class NotUsable extends Exception {

        NotUsable(String reason) {
            super(reason);
        }
    }

    private final SecretText signing;
    private final Map<String, SecretText> headers;

    /**
     * @param texts what a setting stands for
     * @throws IllegalArgumentException if a secret that stands in the settings is none
     */
    ToolSecrets(WebhookSettings settings, Function<String, SecretText> texts) {
        this.signing = InvalidSetting.in("secret", () -> texts.apply(settings.secret()));
        this.headers = settings.headers().entrySet().stream()
                .collect(toUnmodifiableMap(
                        Map.Entry::getKey,
                        header ->
                                InvalidSetting.in("headers." + header.getKey(), () -> texts.apply(header.getValue()))));
        if (signing.storedName().isEmpty()) {
            InvalidSetting.in("secret", () -> WebhookSecret.parse(signing.current()));
        }
    }

    Set<String> storedNames() {
        return all().map(SecretText::storedName).flatMap(Optional::stream).collect(toUnmodifiableSet());
    }

    /** @throws NotUsable if one of them cannot be used */
    Opened open() throws NotUsable {
        try {
            List<String> stored = new ArrayList<>();
            String key = read(signing, stored);
            Map<String, String> values = new HashMap<>();
            for (Map.Entry<String, SecretText> header : headers.entrySet()) {
                values.put(header.getKey(), headerValue(header.getValue(), stored));
            }
            return new Opened(parse(signing, key), values, new SecretMask(stored));
        } catch (SecretUnreadable unreadable) {
            throw new NotUsable(String.valueOf(unreadable.getMessage()));
        }
    }

    /** What the tool's callbacks may be signed with; a stored text that is no webhook secret signs nothing. */
    List<WebhookSecret> accepted() {
        List<WebhookSecret> accepted = new ArrayList<>();
        for (String text : signing.accepted()) {
            try {
                accepted.add(parse(signing, text));
            } catch (NotUsable none) {
                continue;
            }
        }
        return accepted;
    }

    private Stream<SecretText> all() {
        return Stream.concat(Stream.of(signing), headers.values().stream());
    }

    private static String read(SecretText text, List<String> stored) {
        String value = text.current();
        if (text.storedName().isPresent()) {
            stored.add(value);
        }
        return value;
    }

    private static String headerValue(SecretText text, List<String> stored) throws NotUsable {
        String value = read(text, stored);
        if (text.storedName().isPresent() && value.chars().anyMatch(Character::isISOControl)) {
            throw new NotUsable("The stored secret '" + text.storedName().get()
                    + "' has line ends or other control characters, " + "which no header can carry.");
        }
        return value;
    }

    private static WebhookSecret parse(SecretText text, String value) throws NotUsable {
        try {
            return WebhookSecret.parse(value);
        } catch (IllegalArgumentException none) {
            throw new NotUsable("The stored secret '" + text.storedName().orElse("")
                    + "' must be whsec_ and the base64 of at " + "least 24 bytes.");
        }
    }
}
