package io.gatehouse.secret;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All stored secrets, as they are kept. Their values go in here and never come out. */
@Service
@Transactional
public class Secrets {

    /** Most bytes of a value in UTF-8. */
    static final int LONGEST = 4096;

    private final SecretRows rows;
    private final SecretCipher cipher;
    private final List<SecretUses> users;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Secrets(
            SecretRows rows,
            SecretCipher cipher,
            List<SecretUses> users,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.cipher = cipher;
        this.users = users;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /** Secrets in the order of their names. */
    @Transactional(readOnly = true)
    public Page<Secret> list(PageQuery page) {
        Map<String, SortedSet<String>> uses = uses();
        return page.page(rows.list(page.after(), page.fetchSize()), SecretRows.Row::name)
                .map(row -> describe(row, uses));
    }

    /** What may be known about a secret, or the problem {@code secret-not-found}. */
    @Transactional(readOnly = true)
    public Secret get(String name) {
        return describe(found(rows.find(name)), uses());
    }

    /**
     * Stores a secret or changes its value.
     *
     * @param acceptPrevious whether others may still prove themselves by the value before, for a day; not if it leaked
     */
    public Secret put(String name, @Nullable String value, boolean acceptPrevious, Precondition precondition) {
        String checked = checked(value);
        Optional<SecretRows.Row> existing = rows.lock(name);
        existing.ifPresentOrElse(row -> precondition.check(row.version()), precondition::checkAbsent);
        long version = existing.map(row -> row.version() + 1).orElse(1L);
        SecretRows.Row row = new SecretRows.Row(
                name,
                version,
                cipher.seal(name, version, checked),
                acceptPrevious ? existing.map(SecretRows.Row::current).orElse(null) : null,
                currentPerson.idOrSystem(),
                now());
        if (existing.isPresent()) {
            rows.update(row);
        } else {
            rows.insert(row);
        }
        audit.recordState(
                existing.isPresent() ? "secret.Changed" : "secret.Added",
                row.object(),
                Map.of("version", version, "key", row.current().keyId()),
                row.fingerprint());
        return describe(row, uses());
    }

    /** Deletes a secret that nothing uses. */
    public void delete(String name) {
        SecretRows.Row row = found(rows.lock(name));
        SortedSet<String> usedBy = describe(row, uses()).usedBy();
        if (!usedBy.isEmpty()) {
            throw ProblemException.conflict(
                    "secret-in-use",
                    "Secret in use",
                    "It is used by " + String.join(", ", usedBy)
                            + ". Take it out of their settings first; to withdraw its value at once, put another one.");
        }
        rows.delete(name);
        audit.recordEnd("secret.Deleted", row.object(), Map.of("version", row.version()));
    }

    /** Forgets values that nobody may prove themselves by any more. */
    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void forgetPrevious() {
        rows.withPrevious(clock.instant().minus(StoredSecrets.GRACE)).stream()
                .flatMap(name -> rows.lock(name).stream())
                .filter(row -> !row.changedAt().isAfter(clock.instant().minus(StoredSecrets.GRACE)))
                .map(SecretRows.Row::withoutPrevious)
                .forEach(row -> {
                    rows.update(row);
                    audit.recordState("secret.PreviousForgotten", row.object(), Map.of(), row.fingerprint());
                });
    }

    /** By hand, because a validator's report would hold the value, and somebody might log that. */
    private static String checked(@Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.invalid("value", "must not be blank");
        }
        if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw ProblemException.invalid("value", "must have at most " + LONGEST + " bytes in UTF-8");
        }
        return value;
    }

    private Secret describe(SecretRows.Row row, Map<String, SortedSet<String>> uses) {
        String keyId = row.current().keyId();
        return new Secret(
                row.name(),
                row.version(),
                keyId,
                cipher.keys().find(keyId).isPresent(),
                row.changedBy(),
                row.changedAt(),
                uses.getOrDefault(row.name(), Collections.emptySortedSet()));
    }

    private Map<String, SortedSet<String>> uses() {
        return users.stream()
                .flatMap(user -> user.uses().stream())
                .collect(groupingBy(SecretUses.Use::secret, mapping(SecretUses.Use::user, toCollection(TreeSet::new))));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static SecretRows.Row found(Optional<SecretRows.Row> row) {
        return row.orElseThrow(() -> ProblemException.notFound(
                "secret-not-found", "No such secret", "No secret has this name; GET /api/v1/secrets lists them all."));
    }
}
