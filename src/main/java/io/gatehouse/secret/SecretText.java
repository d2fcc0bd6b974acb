package io.gatehouse.secret;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A secret as a setting gives it: a text of its own, or the name of a stored one, which is read at each use. */
public final class SecretText {

    private static final String PREFIX = "stored:";

    private final String text;
    private final @Nullable StoredSecrets store;

    private SecretText(String text, @Nullable StoredSecrets store) {
        this.text = text;
        this.store = store;
    }

    static SecretText of(String setting, StoredSecrets store) {
        if (!setting.startsWith(PREFIX)) {
            return given(setting);
        }
        String name = setting.substring(PREFIX.length());
        if (!name.matches(SecretName.PATTERN)) {
            throw new IllegalArgumentException("the name of a stored secret " + SecretName.MESSAGE);
        }
        return new SecretText(name, store);
    }

    /** A text that stands in the settings itself. */
    public static SecretText given(String text) {
        return new SecretText(text, null);
    }

    /** The name, if it is a stored one. */
    public Optional<String> storedName() {
        return store == null ? Optional.empty() : Optional.of(text);
    }

    /**
     * The value at this moment.
     *
     * @throws SecretUnreadable if it is stored and cannot be used
     */
    public String current() {
        return store == null ? text : store.current(text);
    }

    /**
     * The value at this moment and, for a day after a change, the one before: what others may prove themselves by.
     *
     * @throws SecretUnreadable if it is stored and cannot be used
     */
    public List<String> accepted() {
        return store == null ? List.of(text) : store.accepted(text);
    }

    @Override
    public String toString() {
        return store == null ? "SecretText" : PREFIX + text;
    }
}
