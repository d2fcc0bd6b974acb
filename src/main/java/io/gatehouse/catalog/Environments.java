package io.gatehouse.catalog;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.audit.Fingerprint;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The environments of the organisation; they are few. */
@Component
public class Environments {

    private static final String PUT = "PUT /api/v1/environments/{key}";

    private static final Comparator<Environment> TOWARDS_PRODUCTION =
            Comparator.comparingInt(Environment::order).thenComparing(Environment::key);

    private final EnvironmentRepository repository;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;

    Environments(
            EnvironmentRepository repository, Permissions permissions, CurrentPerson currentPerson, AuditTrail audit) {
        this.repository = repository;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    public Optional<Environment> find(String key) {
        return CatalogKey.isWellFormed(key) ? repository.findById(key) : Optional.empty();
    }

    /** The environment, or the problem {@code environment-not-found}. */
    public Environment get(String key) {
        return find(key)
                .orElseThrow(() -> ProblemException.notFound(
                        "environment-not-found",
                        "Environment not found",
                        "No environment has this key; GET /api/v1/environments lists them all."));
    }

    public boolean exists(String key) {
        return find(key).isPresent();
    }

    /** All environments on the way to production. */
    public List<Environment> all() {
        return repository.findAll().stream().sorted(TOWARDS_PRODUCTION).toList();
    }

    /** The environments of a page, on the way to production; a cursor names the last one shown. */
    public Page<Environment> list(PageQuery page) {
        List<Environment> all = all();
        int start = page.after() == null ? 0 : positionAfter(all, page.after());
        return page.page(all.stream().skip(start).limit(page.fetchSize()).toList(), Environment::key);
    }

    /** Creates or updates an environment on behalf of the current person. */
    @Transactional
    public Environment put(Environment wanted, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        Optional<Environment> existing = find(wanted.key());
        existing.ifPresentOrElse(found -> precondition.check(found.version()), precondition::checkAbsent);
        return save(new Environment(
                wanted.key(),
                wanted.name(),
                wanted.kind(),
                wanted.order(),
                wanted.production(),
                existing.map(Environment::version).orElse(0L)));
    }

    /** Stores an environment and writes that down. */
    Environment save(Environment environment) {
        Environment saved = repository.save(environment);
        audit.recordState(
                saved.version() == 1 ? "catalog.EnvironmentAdded" : "catalog.EnvironmentChanged",
                "environment-" + saved.key(),
                Map.of(
                        "kind", saved.kind().name(),
                        "order", saved.order(),
                        "production", saved.production(),
                        "version", saved.version()),
                Fingerprint.of(
                        saved.key(), saved.name(), saved.kind(), saved.order(), saved.production(), saved.version()));
        return saved;
    }

    private static int positionAfter(List<Environment> all, String key) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).key().equals(key)) {
                return i + 1;
            }
        }
        throw PageQuery.unknownCursor();
    }
}
