package io.gatehouse.secret;

import io.gatehouse.audit.AuditTrail;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Encrypts anew, with the first key, what an older key encrypts. Names and versions stay; each row is locked for its turn,
 * so nodes that do it at the same time, or people who put a value meanwhile, do each other no harm.
 */
@Component
class SecretRotation {

    /** Rows in one transaction. */
    static final int BATCH = 20;

    private static final Logger LOG = LoggerFactory.getLogger(SecretRotation.class);

    private final SecretRows rows;
    private final SecretCipher cipher;
    private final AuditTrail audit;
    private final TransactionTemplate transaction;

    SecretRotation(SecretRows rows, SecretCipher cipher, AuditTrail audit, PlatformTransactionManager transactions) {
        this.rows = rows;
        this.cipher = cipher;
        this.audit = audit;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** @return how many secrets this node has encrypted anew */
    int run() {
        Optional<String> first = cipher.keys().first();
        if (first.isEmpty()) {
            return 0;
        }
        List<String> names = rows.all().stream()
                .filter(row -> !row.isUnder(first.get()))
                .map(SecretRows.Row::name)
                .toList();
        int count = 0;
        for (int from = 0; from < names.size(); from += BATCH) {
            List<String> batch = names.subList(from, Math.min(names.size(), from + BATCH));
            Integer done = transaction.execute(status -> encryptAnew(batch, first.get()));
            count += done == null ? 0 : done;
        }
        return count;
    }

    private int encryptAnew(List<String> names, String keyId) {
        int count = 0;
        for (String name : names) {
            count += rows.lock(name).filter(row -> encryptAnew(row, keyId)).isPresent() ? 1 : 0;
        }
        return count;
    }

    private boolean encryptAnew(SecretRows.Row row, String keyId) {
        Sealed before = row.previous();
        Optional<Sealed> current = anew(row.name(), row.version(), row.current());
        Optional<Sealed> previous = before == null ? Optional.empty() : anew(row.name(), row.version() - 1, before);
        if (current.isEmpty() && previous.isEmpty()) {
            return false;
        }
        SecretRows.Row anew = new SecretRows.Row(
                row.name(),
                row.version(),
                current.orElse(row.current()),
                previous.isPresent() ? previous.get() : before,
                row.changedBy(),
                row.changedAt());
        rows.update(anew);
        audit.recordState("secret.EncryptedAnew", anew.object(), Map.of("key", keyId), anew.fingerprint());
        return true;
    }

    /** Empty if nothing has to be done, or nothing can. */
    private Optional<Sealed> anew(String name, long version, Sealed sealed) {
        if (cipher.keys().first().filter(sealed.keyId()::equals).isPresent()
                || cipher.keys().find(sealed.keyId()).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher.seal(name, version, cipher.open(name, version, sealed)));
        } catch (SecretUnreadable altered) {
            LOG.warn("{}", altered.getMessage());
            return Optional.empty();
        }
    }
}
