package io.gatehouse.secret;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * The values of stored secrets, for those whose settings name them. Each reading is one statement by key and nothing is
 * remembered, so a changed value counts with the next use on every node.
 */
@Component
public class StoredSecrets {

    /** For how long after a change the value before is still accepted from others. */
    static final Duration GRACE = Duration.ofHours(24);

    private static final Logger LOG = LoggerFactory.getLogger(StoredSecrets.class);

    private final SecretRows rows;
    private final SecretCipher cipher;
    private final Clock clock;

    /** @param rows asked when a value is wanted: which secrets settings name is known before there is a database */
    StoredSecrets(@Lazy SecretRows rows, SecretCipher cipher, Clock clock) {
        this.rows = rows;
        this.cipher = cipher;
        this.clock = clock;
    }

    /**
     * What a setting stands for: {@code stored:<name>} for a stored secret, anything else for itself.
     *
     * @throws IllegalArgumentException if what follows {@code stored:} is no name
     */
    public SecretText text(String setting) {
        return SecretText.of(setting, this);
    }

    /** @throws SecretUnreadable if it cannot be used */
    String current(String name) {
        SecretRows.Row row = find(name);
        return cipher.open(name, row.version(), row.current());
    }

    /** The value, and the one before for as long as that is accepted. */
    List<String> accepted(String name) {
        SecretRows.Row row = find(name);
        List<String> values = new ArrayList<>(List.of(cipher.open(name, row.version(), row.current())));
        Sealed previous = row.previous();
        if (previous != null && clock.instant().isBefore(row.changedAt().plus(GRACE))) {
            try {
                values.add(cipher.open(name, row.version() - 1, previous));
            } catch (SecretUnreadable gone) {
                LOG.debug("The previous value is not accepted: {}", gone.getMessage());
            }
        }
        return values;
    }

    private SecretRows.Row find(String name) {
        try {
            return rows.find(name).orElseThrow(() -> SecretUnreadable.absent(name));
        } catch (DataAccessException e) {
            LOG.warn("The stored secret {} could not be read", name, e);
            throw SecretUnreadable.databaseSilent(name);
        }
    }
}
