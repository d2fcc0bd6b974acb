package io.gatehouse.secret;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.Precondition;
import io.gatehouse.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A node with keys of its own on the database that all share. */
record SecretNode(
        Secrets secrets,
        StoredSecrets stored,
        SecretRotation rotation,
        SecretsAtStart start,
        TransactionTemplate transaction) {

    static final String USER = "connector:tool";

    /** Makes nodes. */
    static class Factory {

        private final SecretRows rows;
        private final CurrentPerson currentPerson;
        private final AuditTrail audit;
        private final PlatformTransactionManager transactions;
        private final Clock clock;

        Factory(
                SecretRows rows,
                CurrentPerson currentPerson,
                AuditTrail audit,
                PlatformTransactionManager transactions,
                Clock clock) {
            this.rows = rows;
            this.currentPerson = currentPerson;
            this.audit = audit;
            this.transactions = transactions;
            this.clock = clock;
        }

        /** A node whose connector uses the secret "used". */
        SecretNode withKeys(String... ids) {
            SecretCipher cipher = new SecretCipher(
                    SecretKeys.parse(Arrays.stream(ids).map(Factory::key).toList(), false));
            List<SecretUses> uses = List.of(() -> Set.of(new SecretUses.Use("used", USER)));
            Secrets secrets = new Secrets(rows, cipher, uses, currentPerson, audit, clock);
            SecretRotation rotation = new SecretRotation(rows, cipher, audit, transactions);
            return new SecretNode(
                    secrets,
                    new StoredSecrets(rows, cipher, clock),
                    rotation,
                    new SecretsAtStart(secrets, rows, cipher, rotation, uses),
                    new TransactionTemplate(transactions));
        }

        /** The same key for the same id. */
        private static String key(String id) {
            byte[] bytes =
                    Arrays.copyOf((id + "-0123456789abcdefghijklmnopqrstuv").getBytes(StandardCharsets.UTF_8), 32);
            return id + ":" + Base64.getEncoder().encodeToString(bytes);
        }
    }

    Secret add(String name, String value) {
        return put(name, value, true, Precondition.parse(null, "*"));
    }

    Secret change(String name, String value) {
        return put(name, value, true, Precondition.parse("*", null));
    }

    Secret put(String name, String value, boolean acceptPrevious, Precondition precondition) {
        Secret saved = transaction.execute(status -> secrets.put(name, value, acceptPrevious, precondition));
        return java.util.Objects.requireNonNull(saved);
    }

    void delete(String name) {
        transaction.executeWithoutResult(status -> secrets.delete(name));
    }

    void forgetPrevious() {
        transaction.executeWithoutResult(status -> secrets.forgetPrevious());
    }
}
