package io.gatehouse.catalog;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The services of the organisation. */
@Component
public class Services {

    private static final String PUT = "PUT /api/v1/services/{key}";

    private final ServiceRepository repository;
    private final ServiceReader reader;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;

    Services(
            ServiceRepository repository,
            ServiceReader reader,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit) {
        this.repository = repository;
        this.reader = reader;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    public Optional<Service> find(String key) {
        return CatalogKey.isWellFormed(key) ? reader.read(List.of(key)).stream().findFirst() : Optional.empty();
    }

    /** The service, or the problem {@code service-not-found}. */
    public Service get(String key) {
        return find(key)
                .orElseThrow(() -> ProblemException.notFound(
                        "service-not-found",
                        "Service not found",
                        "No service has this key; GET /api/v1/services lists them all."));
    }

    public boolean exists(String key) {
        return !tiers(List.of(key)).isEmpty();
    }

    /** The tiers of those of the services that exist, by key, in one statement. */
    public SortedMap<String, Integer> tiers(Collection<String> keys) {
        return reader.tiers(wellFormed(keys));
    }

    /** The owner groups of those of the services that exist, by key, in one statement. */
    public Map<String, String> ownerGroups(Collection<String> keys) {
        return reader.ownerGroups(wellFormed(keys));
    }

    /**
     * Those of the services that exist and all others of the teams that own them, by key, in one statement.
     *
     * @param groups of which those of them that are teams are found as well
     */
    public SortedMap<String, ServiceProfile> ofTheSameTeams(Collection<String> keys, Collection<String> groups) {
        return reader.ofTheSameTeams(wellFormed(keys), groups);
    }

    /** Those of the services that exist, by key, in three statements. */
    public SortedMap<String, Service> findAll(Collection<String> keys) {
        SortedMap<String, Service> found = new TreeMap<>();
        reader.read(wellFormed(keys)).forEach(service -> found.put(service.key(), service));
        return found;
    }

    /** Services in the order of their keys. */
    public Page<Service> list(ServiceFilter filter, PageQuery page) {
        return page.page(reader.list(filter, page.after(), page.fetchSize()), Service::key);
    }

    /** All that need one of the services, directly or through others; those themselves are not among them. */
    public SortedSet<String> dependents(Collection<String> keys) {
        return new TreeSet<>(dependencyGraph().dependents(keys).keySet());
    }

    /** Which services need which, in one statement. */
    public DependencyGraph dependencyGraph() {
        return new DependencyGraph(reader.needing());
    }

    /** Creates or updates a service on behalf of the current person. */
    @Transactional
    public Service put(String key, ServiceDescription description, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        Optional<Service> existing = find(key);
        existing.ifPresentOrElse(service -> precondition.check(service.version()), precondition::checkAbsent);
        checkDependencies(key, description.dependencies());
        return save(Service.of(key, description, existing.map(Service::version).orElse(0L)));
    }

    /** Stores a service whose dependencies exist and writes that down. */
    Service save(Service service) {
        Service saved = repository.save(service);
        audit.recordState(
                saved.version() == 1 ? "catalog.ServiceAdded" : "catalog.ServiceChanged",
                "service-" + saved.key(),
                Map.of(
                        "tier", saved.tier(),
                        "ownerGroup", saved.ownerGroup(),
                        "complianceScopes", saved.complianceScopes(),
                        "dependencies", saved.dependencies(),
                        "version", saved.version()),
                saved.fingerprint());
        return saved;
    }

    private void checkDependencies(String key, Set<String> dependencies) {
        if (dependencies.contains(key)) {
            throw ProblemException.invalid("dependencies", "must not name the service itself");
        }
        Set<String> unknown = new TreeSet<>(dependencies);
        unknown.removeAll(tiers(dependencies).keySet());
        if (!unknown.isEmpty()) {
            throw ProblemException.invalid(
                    "dependencies", "must name services that exist; unknown: " + String.join(", ", unknown));
        }
    }

    private static List<String> wellFormed(Collection<String> keys) {
        return keys.stream().filter(CatalogKey::isWellFormed).toList();
    }
}
