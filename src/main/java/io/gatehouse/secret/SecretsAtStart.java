package io.gatehouse.secret;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Brings stored secrets under the first key, and tells the operator which of them this node cannot use. */
@Component
class SecretsAtStart implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(SecretsAtStart.class);

    private final Secrets secrets;
    private final SecretRows rows;
    private final SecretCipher cipher;
    private final SecretRotation rotation;
    private final List<SecretUses> users;

    SecretsAtStart(
            Secrets secrets, SecretRows rows, SecretCipher cipher, SecretRotation rotation, List<SecretUses> users) {
        this.secrets = secrets;
        this.rows = rows;
        this.cipher = cipher;
        this.rotation = rotation;
        this.users = users;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        try {
            secrets.forgetPrevious();
            int count = rotation.run();
            if (count > 0) {
                LOG.info(
                        "{} stored secrets were encrypted anew with the key '{}'",
                        count,
                        cipher.keys().first().orElse(""));
            }
        } catch (DataAccessException e) {
            // Whatever was left under an older key is read with that; the next start goes on.
            LOG.warn("Not all stored secrets could be encrypted anew", e);
        }
        notes(rows.all()).forEach(LOG::warn);
    }

    /** One line for each kind of trouble. */
    List<String> notes(List<SecretRows.Row> stored) {
        return Stream.of(withoutKey(stored), oldKeysInUse(stored), notStored(stored))
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String withoutKey(List<SecretRows.Row> stored) {
        String names = stored.stream()
                .filter(row -> cipher.keys().find(row.current().keyId()).isEmpty())
                .map(row -> row.name() + " (key " + row.current().keyId() + ")")
                .collect(joining(", "));
        return names.isEmpty()
                ? ""
                : "Stored secrets that cannot be read, because their key is not among GATEHOUSE_SECRET_KEYS: " + names;
    }

    /** Says that a key must stay: values were altered, or another node still writes with it. */
    private String oldKeysInUse(List<SecretRows.Row> stored) {
        String names = stored.stream()
                .filter(row -> cipher.keys().find(row.current().keyId()).isPresent())
                .filter(row ->
                        !row.current().keyId().equals(cipher.keys().first().orElse("")))
                .map(row -> row.name() + " (key " + row.current().keyId() + ")")
                .collect(joining(", "));
        return names.isEmpty() ? "" : "Stored secrets that are still under an older key: " + names;
    }

    private String notStored(List<SecretRows.Row> stored) {
        Set<String> names = stored.stream().map(SecretRows.Row::name).collect(Collectors.toSet());
        Set<String> missing = users.stream()
                .flatMap(user -> user.uses().stream())
                .filter(use -> !names.contains(use.secret()))
                .map(use -> use.secret() + " (" + use.user() + ")")
                .collect(Collectors.toCollection(TreeSet::new));
        return missing.isEmpty()
                ? ""
                : "Secrets that settings name and that are not stored: " + String.join(", ", missing);
    }
}
